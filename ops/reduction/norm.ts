import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { AttributeError, attr, defineComposite, reducedShape, reshape, sumAxes } from '../../engine/index.ts';
import { abs } from '../elementwise/abs.ts';
import { clipByValue } from '../elementwise/clip-by-value.ts';
import { div } from '../elementwise/div.ts';
import { divNoNan } from '../elementwise/div-no-nan.ts';
import { mul } from '../elementwise/multiply.ts';
import { quotient } from '../elementwise/quotient.ts';
import { sqrt } from '../elementwise/sqrt.ts';
import { square } from '../elementwise/square.ts';
import { float } from '../elementwise/unary.ts';
import { type Axes, toAxes } from '../shape/axis.ts';
import { max } from './max.ts';
import { min } from './min.ts';
import { inferReduction, kept } from './reduction.ts';
import { sum } from './sum.ts';

/** The smallest and the largest positive float32 with full precision. */
const [LEAST, MOST] = [2 ** -126, (2 - 2 ** -23) * 2 ** 127];

/** sqrt(sum(x^2)), without overflow of the squares. It is a separate op because of its gradient at 0. */
export const EuclideanNorm = defineComposite({
  name: 'EuclideanNorm',
  inputs: ['x'],
  attrs: { axis: attr.ints(), keepDims: attr.bool(false) },
  infer: ({ x }, { axis, keepDims }) => inferReduction(x, axis, keepDims, ['float32']),
  lowering: [
    {
      kind: 'composite',
      expand: ({ x }, { axis, keepDims }) => {
        // clipped, so that zeros, infinities and NaN give the right result
        const unit = clipByValue(max(abs(x), axis, true), LEAST, MOST);
        const y = mul(sqrt(sumAxes(square(div(x, unit)), axis, true)), unit);
        return reshape(y, reducedShape(x.shape, axis, keepDims));
      },
    },
  ],
  gradient: {
    x: ({ x }, { y, dy, attrs: { axis } }) => {
      // a factor of dy that is the norm is replaced by x: the squared norm is smooth at 0, and its higher derivatives become right there
      const slope = quotient(dy, y);
      return slope === undefined ? mul(kept(dy, x, axis), divNoNan(x, kept(y, x, axis))) : mul(kept(slope, x, axis), x);
    },
  },
});

type Order = number | 'euclidean' | 'fro';
type Reduce = (x: Sym, axis: readonly number[]) => Sym;

const VECTOR: ReadonlyMap<Order, Reduce> = new Map<Order, Reduce>([
  [1, (x, axis) => sum(abs(x), axis)],
  [Infinity, (x, axis) => max(abs(x), axis)],
  [-Infinity, (x, axis) => min(abs(x), axis)],
  ['euclidean', (x, axis) => EuclideanNorm.node({ x }, { axis })],
  [2, (x, axis) => EuclideanNorm.node({ x }, { axis })],
]);
const MATRIX: ReadonlyMap<Order, Reduce> = new Map<Order, Reduce>([
  [1, (x, [rows, columns]) => max(sum(abs(x), rows), columns! - 1)],
  [Infinity, (x, [rows, columns]) => max(sum(abs(x), columns), rows)],
  [-Infinity, (x, [rows, columns]) => min(sum(abs(x), columns), rows)],
  ['euclidean', (x, axis) => EuclideanNorm.node({ x }, { axis })],
  ['fro', (x, axis) => EuclideanNorm.node({ x }, { axis })],
]);

/**
 * A norm of the vectors along one axis, of the matrices along two, or of all elements as one vector. `ord` is 'euclidean', 1, Infinity or
 * -Infinity, 2 for vectors, 'fro' for matrices.
 * @throws AttributeError for another order; ShapeError
 */
export function norm(x: SymLike, ord: Order = 'euclidean', axis: Axes = null, keepDims = false): Sym {
  const sym = float(x);
  if (sym.rank === 0) return abs(sym);
  const axes = toAxes(axis, sym.rank);
  const all = axis === null;
  const reduce = all || axes.length === 1 ? VECTOR.get(ord) : axes.length === 2 ? MATRIX.get(ord) : undefined;
  if (reduce === undefined) throw new AttributeError(`norm: there is no norm '${ord}' over ${axes.length} axes`);
  const y = all ? reduce(reshape(sym, [-1]), [0]) : reduce(sym, axes);
  return keepDims ? reshape(y, reducedShape(sym.shape, axes, true)) : y;
}

export const doc: OpDoc = {
  summary: 'Norms of vectors and matrices.',
  forward: 'y = \\sqrt{\\sum_i x_i^2}; \\; \\sum_i |x_i|; \\; \\max_i |x_i|; \\; \\min_i |x_i|',
  gradient: { x: '\\bar y \\, x / y, \\; 0 \\text{ at } x = 0; \\text{ the others by their parts}' },
  source: 'CSE473, the root of eq. (5.76); convention: 0 at 0',
};
