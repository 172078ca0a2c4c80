/** What ops with indices share. */
import type { Sym, SymLike, TensorType } from '../../engine/index.ts';
import { DTypeError, formatShape, lift, ShapeError } from '../../engine/index.ts';

/** An argument as indices: literals are int32. */
export const toIndices = (indices: SymLike): Sym => lift(indices, 'int32');

/** @throws DTypeError for indices that are not int32 */
export function requireIndices(indices: TensorType, what = 'indices'): void {
  if (indices.dtype !== 'int32') throw new DTypeError(`${what} are ${indices.dtype}, not int32`);
}

/**
 * How many leading dimensions an index, a row of `indices`, fixes.
 * @throws ShapeError where that is unknown, or more than there are
 */
export function indexDepth({ shape }: TensorType, rank: number): number {
  const depth = shape.at(-1);
  if (shape.length < 2 || typeof depth !== 'number')
    throw new ShapeError(`indices are rows of a known length, not ${formatShape(shape)}`);
  if (depth > rank) throw new ShapeError(`indices of ${depth} numbers into ${rank} dimensions`);
  return depth;
}
