import type { DimLike, DType, OpDoc, Sym } from '../../engine/index.ts';
import { broadcastTo, cast, iota, reshape, toDim } from '../../engine/index.ts';
import { equal } from '../comparison/equal.ts';

/** Ones on the diagonal and zeros elsewhere, for each element of a batch if there is one. */
export function eye(
  numRows: DimLike,
  numColumns?: DimLike,
  batchShape: readonly DimLike[] = [],
  dtype: DType = 'float32',
): Sym {
  const rows = toDim(numRows);
  const columns = toDim(numColumns ?? rows);
  const diagonal = cast(equal(reshape(iota(rows), [rows, 1]), iota(columns)), dtype);
  return broadcastTo(diagonal, [...batchShape, rows, columns]);
}

export const doc: OpDoc = {
  summary: 'The unit matrix.',
  forward: 'y_{i j} = \\mathbb 1(i = j)',
  gradient: {},
  source: 'a constant',
};
