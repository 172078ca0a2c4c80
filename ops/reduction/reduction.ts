/** Types and nodes of reductions. */
import type { DType, Sym, SymLike, TensorType } from '../../engine/index.ts';
import { DTypeError, lift, reducedShape, requireAxes, reshape } from '../../engine/index.ts';
import { type Axes, toAxes } from '../shape/axis.ts';

/** The type of a reduction. @throws DTypeError, ShapeError */
export function inferReduction(
  x: TensorType,
  axis: readonly number[],
  keepDims: boolean,
  allowed: readonly DType[] = ['float32', 'int32'],
): readonly TensorType[] {
  if (!allowed.includes(x.dtype)) throw new DTypeError(`x is ${x.dtype}, not ${allowed.join(' or ')}`);
  requireAxes(axis, x.shape.length);
  return [{ dtype: x.dtype, shape: reducedShape(x.shape, axis, keepDims) }];
}

/** A result, or its cotangent, with 1 for each reduced axis, so that it broadcasts against x. */
export const kept = (y: Sym, x: Sym, axis: readonly number[]): Sym => reshape(y, reducedShape(x.shape, axis, true));

/** Simplifies a reduction that keeps single elements: over axes of size 1, it is a reshape. */
export const ofSingles = (x: Sym, axis: readonly number[], keepDims: boolean): Sym | undefined =>
  axis.every((a) => x.shape[a] === 1) ? reshape(x, reducedShape(x.shape, axis, keepDims)) : undefined;

/** The node of a reduction; x itself if there are no axes. */
export function reduce(x: SymLike, axes: Axes, node: (x: Sym, axis: readonly number[]) => Sym): Sym {
  const sym = lift(x);
  const axis = toAxes(axes, sym.rank);
  return axis.length === 0 ? sym : node(sym, axis);
}
