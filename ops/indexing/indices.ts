/** What ops with indices share. */
import { DTypeError, lift, type Sym, type SymLike, type TensorType } from '../../engine/index.ts';

/** An argument as indices: literals are int32. */
export const toIndices = (indices: SymLike): Sym => lift(indices, 'int32');

/** @throws DTypeError for indices that are not int32 */
export function requireIndices(indices: TensorType, what = 'indices'): void {
  if (indices.dtype !== 'int32') throw new DTypeError(`${what} are ${indices.dtype}, not int32`);
}
