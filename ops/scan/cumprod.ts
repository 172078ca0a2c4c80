import { attr, defineOp, iota, type OpDoc, reshape, type Sym, type SymLike, select } from '../../engine/index.ts';
import { greater } from '../comparison/greater.ts';
import { greaterEqual } from '../comparison/greater-equal.ts';
import { mul } from '../elementwise/multiply.ts';
import { gate } from '../elementwise/unary.ts';
import { sum } from '../reduction/sum.ts';
import { inferScan, scan } from './scan.ts';

export const Cumprod = defineOp({
  name: 'Cumprod',
  inputs: ['x'],
  attrs: { axis: attr.int(), exclusive: attr.bool(false), reverse: attr.bool(false) },
  infer: ({ x }, { axis }) => inferScan(x, axis),
  lowering: [{ kind: 'kernel' }],
  gradient: { x: ({ x }, { dy, attrs }) => backward(x, dy, attrs.axis, attrs.exclusive, attrs.reverse) },
});

/**
 * The cotangent of x: for each result, builds a row of its factors, with 1 for elements that are not factors, and multiplies all but one
 * for each. Quadratic in the axis's size, but neither it nor its derivatives divide.
 */
function backward(x: Sym, dy: Sym, axis: number, exclusive: boolean, reverse: boolean): Sym {
  const n = x.shape[axis]!;
  const after = x.shape.slice(axis + 1);
  const ones = after.map(() => 1);
  const column = reshape(iota(n), [n, 1, ...ones]);
  const row = reshape(iota(n), [1, n, ...ones]);
  const [later, earlier] = reverse ? [row, column] : [column, row];
  const isFactor = exclusive ? greater(later, earlier) : greaterEqual(later, earlier);
  const factors = select(isFactor, reshape(x, [...x.shape.slice(0, axis), 1, n, ...after]), 1);
  const others = mul(cumprod(factors, axis + 1, true), cumprod(factors, axis + 1, true, true));
  const each = mul(reshape(dy, [...x.shape.slice(0, axis), n, 1, ...after]), others);
  return sum(gate(isFactor, each), axis);
}

/**
 * Products of all elements up to each, along an axis; `exclusive` excludes the element itself, `reverse` starts from the end.
 * @throws ShapeError
 */
export const cumprod = (x: SymLike, axis = 0, exclusive = false, reverse = false): Sym =>
  scan(x, axis, (sym, at) => Cumprod.node({ x: sym }, { axis: at, exclusive, reverse }));

export const doc: OpDoc = {
  summary: 'Running products along an axis.',
  forward: 'y_i = \\prod_{j \\le i} x_j',
  gradient: { x: '\\sum_{i \\ge j} \\bar y_i \\prod_{k \\le i, \\, k \\ne j} x_k' },
  source: 'CSE473, product rule (5.46)',
};
