import { integers, type OpDoc, type Sym, type SymLike, sample, uniform, values } from '../../engine/index.ts';
import { gather } from './gather.ts';

/**
 * A row of the table for each id: of ids of any shape, embeddings of one more dimension. The gradient of the table adds up what
 * comes to each of its rows.
 * @throws ShapeError, DTypeError
 */
export function embeddingLookup(params: SymLike, ids: SymLike): Sym {
  return gather(params, ids);
}

export const doc: OpDoc = {
  summary: 'Embeddings: rows of a table, by their ids.',
  forward: 'y_i = P_{k_i}',
  gradient: { params: '\\sum_{i : \\, k_i = j} \\bar y_i', ids: 'zero' },
  source: 'the adjoint of taking by index is adding by index',
};
const build = ({ params, ids }: Readonly<Record<string, Sym>>): Sym => embeddingLookup(params!, ids!);
export const samples = () => [
  sample(
    { params: uniform([5, 2]), ids: integers(['$n', 3], 0, 5) },
    { build, reference: (tf, [params, ids]) => tf.gather(params!, ids as never) },
  ),
  sample(
    { params: uniform(['$n', 3]), ids: values([1, 0, 1], 'int32') },
    { build, reference: (tf, [params, ids]) => tf.gather(params!, ids as never), note: 'a table of unknown size' },
  ),
];
