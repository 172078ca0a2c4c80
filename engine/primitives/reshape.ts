/** Reshape: the same elements under another shape. */
import { attr } from '../attr.ts';
import { requireEqual } from '../build/context.ts';
import type { Sym, SymLike } from '../build/sym.ts';
import { compareDims, type Dim, type DimLike, dim, exactQuotient, formatShape, product, toDim } from '../dim/index.ts';
import { ShapeError } from '../errors.ts';
import { defineOp, lift } from '../op.ts';
import type { Shape } from '../types.ts';
import { Fill } from './fill.ts';

/** Elements stay in row-major order; a view, so it costs nothing at run time. */
export const Reshape = defineOp({
  name: 'Reshape',
  inputs: ['x'],
  attrs: { shape: attr.shape() },
  infer: ({ x }, { shape }) => {
    const from = product(x.shape);
    const to = product(shape);
    if (from !== to)
      requireEqual(from, to, `the number of elements of ${formatShape(x.shape)} and ${formatShape(shape)}`);
    return [{ dtype: x.dtype, shape }];
  },
  lowering: [{ kind: 'kernel' }],
  traits: { view: true, partwise: true, routes: { x: 'whole' } },
  simplify: ({ x }, { shape }): Sym | undefined => {
    if (sameShape(x.shape, shape)) return x;
    if (x.node.op === Reshape) return reshape(x.node.inputs[0]!, shape);
    if (x.node.op === Fill)
      return Fill.node({}, { ...(x.node.attrs as { value: number; dtype: 'float32'; cotangent: boolean }), shape });
    return undefined;
  },
  gradient: { x: ({ x }, { dy }) => reshape(dy, x.shape) },
});

export const sameShape = (a: Shape, b: Shape): boolean =>
  a === b || (a.length === b.length && a.every((d, i) => compareDims(d, b[i]!) === 'equal'));

/**
 * Reshapes `x`. One dim may be -1: the number of elements divided by the other dims, either exactly, or by floorDiv with the number of
 * elements checked when dims are bound.
 * @throws ShapeError for several -1, or if the numbers of elements differ
 */
export function reshape(x: SymLike, shape: readonly DimLike[]): Sym {
  const sym = lift(x);
  if (!shape.includes(-1)) {
    const to = shape.map(toDim);
    return sameShape(sym.shape, to) ? sym : Reshape.node({ x: sym }, { shape: to });
  }
  if (shape.filter((d) => d === -1).length > 1)
    throw new ShapeError(`reshape: only one dim may be -1, got [${shape.join(', ')}]`);
  const known = product(shape.filter((d) => d !== -1).map(toDim));
  const total = product(sym.shape);
  const rest = quotient(total, known);
  return Reshape.node({ x: sym }, { shape: shape.map((d) => (d === -1 ? rest : toDim(d))) });
}

function quotient(total: Dim, known: Dim): Dim {
  const exact = exactQuotient(total, known);
  if (exact !== undefined) return exact;
  if (typeof total === 'number' && typeof known === 'number') {
    throw new ShapeError(`reshape: ${total} elements do not divide by ${known}`);
  }
  return dim.floorDiv(total, known);
}
