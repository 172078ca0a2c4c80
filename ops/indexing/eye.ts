import {
  broadcastTo,
  cast,
  type DimLike,
  type DType,
  iota,
  type OpDoc,
  reshape,
  type Sym,
  sample,
  toDim,
  uniform,
} from '../../engine/index.ts';
import { equal } from '../comparison/equal.ts';
import { mul } from '../elementwise/multiply.ts';

/** Ones on the diagonal, zeros elsewhere; for each element of a batch, if there is one. */
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
const notDifferentiable = 'no inputs';
export const samples = () => [
  sample({}, { build: () => eye(3), reference: (tf) => tf.eye(3), notDifferentiable }),
  sample({}, { build: () => eye(2, 4, [3]), reference: (tf) => tf.eye(2, 4, [3]), notDifferentiable, note: 'a batch' }),
  sample(
    {},
    { build: () => eye(2, 3, [], 'int32'), reference: (tf) => tf.eye(2, 3, undefined, 'int32'), notDifferentiable },
  ),
  sample(
    { x: uniform(['$n', '$n']) },
    {
      build: ({ x }) => mul(x!, eye(x!.shape[0]!)),
      reference: (tf, [x]) => tf.mul(x!, tf.eye(x!.shape[0]!)),
      note: 'of an unknown size',
    },
  ),
];
