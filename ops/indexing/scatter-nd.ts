import {
  attr,
  type DimLike,
  DTypeError,
  defineOp,
  integers,
  lift,
  type OpDoc,
  reshape,
  type SampleOptions,
  type Sym,
  type SymLike,
  sample,
  toShape,
  uniform,
  values,
  ZERO,
} from '../../engine/index.ts';
import { requireSameShape } from '../shape/axis.ts';
import { gatherND } from './gather-nd.ts';
import { indexDepth, requireIndices, toIndices } from './indices.ts';

export const ScatterNd = defineOp({
  name: 'ScatterNd',
  inputs: ['indices', 'updates'],
  attrs: { shape: attr.shape() },
  infer: ({ indices, updates }, { shape }) => {
    requireIndices(indices);
    if (updates.dtype === 'bool') throw new DTypeError(`a sum of ${updates.dtype}`);
    const expected = [...indices.shape.slice(0, -1), ...shape.slice(indexDepth(indices, shape.length))];
    requireSameShape(updates.shape, expected, 'the updates and what the indices point at');
    return [{ dtype: updates.dtype, shape }];
  },
  lowering: [{ kind: 'kernel' }],
  traits: { linear: ['updates'], partwise: true, routes: { updates: 'whole' } },
  gradient: { indices: ZERO, updates: ({ indices }, { dy }) => gatherND(dy, indices) },
});

/**
 * Zeros of a shape, with each update added where its index points: an index is a row of `indices`, and an update a
 * slice of the shape below it.
 * @throws ShapeError, DTypeError
 */
export function scatterND(indices: SymLike, updates: SymLike, shape: readonly DimLike[]): Sym {
  const at = toIndices(indices);
  const rows = at.rank === 1 ? reshape(at, [at.shape[0]!, 1]) : at;
  return ScatterNd.node({ indices: rows, updates: lift(updates) }, { shape: toShape(shape) });
}

export const doc: OpDoc = {
  summary: 'Values added into zeros, where indices point.',
  forward: 'y_j = \\sum_{i : \\, k_i = j} u_i',
  gradient: { indices: 'zero', updates: '\\bar y_{k_i}' },
  source: 'the adjoint of taking by index is adding by index',
};
const tfGradIsWrong = 'it has none';
const row = (shape: number[]): SampleOptions => ({
  build: ({ indices, updates }) => scatterND(indices!, updates!, shape),
  reference: (tf, [indices, updates]) => tf.scatterND(indices as never, updates!, shape),
  tfGradIsWrong,
});
export const samples = () => [
  sample(
    { indices: values([[1], [3], [1], [0]], 'int32'), updates: uniform([4, 2]) },
    { ...row([5, 2]), note: 'one index twice' },
  ),
  sample({ indices: values([4, 0, 4], 'int32'), updates: uniform([3]) }, { ...row([6]), note: 'a vector of indices' }),
  sample(
    {
      indices: values(
        [
          [0, 1],
          [2, 3],
          [0, 1],
        ],
        'int32',
      ),
      updates: uniform([3]),
    },
    { ...row([3, 4]), note: 'elements' },
  ),
  sample(
    {
      indices: values(
        [
          [
            [0, 1],
            [1, 0],
          ],
          [
            [1, 1],
            [0, 0],
          ],
        ],
        'int32',
      ),
      updates: uniform([2, 2, 3]),
    },
    { ...row([2, 2, 3]), note: 'rank 3' },
  ),
  sample(
    { indices: integers(['$n', 1], 0, 4), updates: uniform(['$n', 2]) },
    { attrs: { shape: [4, 2] }, tfGradIsWrong, note: 'an unknown number' },
  ),
  sample(
    { indices: integers([3, 1], 0, 4), updates: integers([3], -5, 5) },
    { attrs: { shape: [4] }, notDifferentiable: 'integers' },
  ),
];
