import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { gather } from './gather.ts';

/**
 * The table's row for each id: the result has the shape of the ids and one more dimension. The table's gradient sums the cotangents of each
 * row.
 * @throws ShapeError, DTypeError
 */
export const embeddingLookup = (params: SymLike, ids: SymLike): Sym => gather(params, ids);

export const doc: OpDoc = {
  summary: 'Embeddings: rows of a table, by their ids.',
  forward: 'y_i = P_{k_i}',
  gradient: { params: '\\sum_{i : \\, k_i = j} \\bar y_i', ids: 'zero' },
  source: 'the adjoint of taking by index is adding by index',
};
