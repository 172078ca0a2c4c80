/** Checks of indices that indexing ops share. */
import type { Sym, SymLike, TensorType } from '../../engine/index.ts';
import { DTypeError, formatShape, lift, ShapeError } from '../../engine/index.ts';

/** An argument as indices: literals become int32. */
export const toIndices = (indices: SymLike): Sym => lift(indices, 'int32');

/** @throws DTypeError if indices are not int32 */
export function requireIndices(indices: TensorType, what = 'indices'): void {
  if (indices.dtype !== 'int32') throw new DTypeError(`${what} are ${indices.dtype}, not int32`);
}

/**
 * The number of leading dimensions that an index, a row of `indices`, selects from.
 * @throws ShapeError if it is unknown, or greater than the rank
 */
export function indexDepth({ shape }: TensorType, rank: number): number {
  const depth = shape.at(-1);
  if (shape.length < 2 || typeof depth !== 'number')
    throw new ShapeError(`indices are rows of a known length, not ${formatShape(shape)}`);
  if (depth > rank) throw new ShapeError(`indices of ${depth} numbers into ${rank} dimensions`);
  return depth;
}
