import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { gather } from './gather.ts';

/**
 * A row of the table for each id: of ids of any shape, embeddings of one more dimension. The gradient of the table adds up what
 * comes to each of its rows.
 * @throws ShapeError, DTypeError
 */
export const embeddingLookup = (params: SymLike, ids: SymLike): Sym => gather(params, ids);

export const doc: OpDoc = {
  summary: 'Embeddings: rows of a table, by their ids.',
  forward: 'y_i = P_{k_i}',
  gradient: { params: '\\sum_{i : \\, k_i = j} \\bar y_i', ids: 'zero' },
  source: 'the adjoint of taking by index is adding by index',
};
