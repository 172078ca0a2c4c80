import {
  defineOp,
  integers,
  lift,
  type OpDoc,
  type SampleOptions,
  type Sym,
  type SymLike,
  sample,
  uniform,
  values,
  ZERO,
} from '../../engine/index.ts';
import { indexDepth, requireIndices, toIndices } from './indices.ts';
import { scatterND } from './scatter-nd.ts';

export const GatherNd = defineOp({
  name: 'GatherNd',
  inputs: ['params', 'indices'],
  infer: ({ params, indices }) => {
    requireIndices(indices);
    const depth = indexDepth(indices, params.shape.length);
    return [{ dtype: params.dtype, shape: [...indices.shape.slice(0, -1), ...params.shape.slice(depth)] }];
  },
  lowering: [{ kind: 'kernel' }],
  traits: { linear: ['params'], partwise: true, routes: { params: 'part' } },
  gradient: { params: ({ params, indices }, { dy }) => scatterND(indices, dy, params.shape), indices: ZERO },
});

/** The slice of x at each index, which is a row of `indices`. @throws ShapeError, DTypeError */
export function gatherND(x: SymLike, indices: SymLike): Sym {
  return GatherNd.node({ params: lift(x), indices: toIndices(indices) });
}

export const doc: OpDoc = {
  summary: 'Values at indices of several dimensions.',
  forward: 'y_i = x_{k_i}',
  gradient: { params: '\\sum_{i : \\, k_i = j} \\bar y_i', indices: 'zero' },
  source: 'the adjoint of taking by index is adding by index',
};
const options: SampleOptions = {
  reference: (tf, [params, indices]) => tf.gatherND(params!, indices!),
  tfGradIsWrong: 'it has none',
};
export const samples = () => [
  sample(
    { params: uniform([4, 3]), indices: values([[1], [3], [1]], 'int32') },
    { ...options, note: 'rows, one twice' },
  ),
  sample(
    {
      params: uniform([2, 3]),
      indices: values(
        [
          [0, 1],
          [1, 2],
          [0, 1],
        ],
        'int32',
      ),
    },
    { ...options, note: 'elements' },
  ),
  sample(
    {
      params: uniform([2, 2, 3]),
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
    },
    { ...options, note: 'rank 3' },
  ),
  sample(
    { params: uniform(['$m', 2]), indices: values([[0], [1]], 'int32') },
    { ...options, note: 'of an unknown number' },
  ),
  sample({ params: uniform([4, 2]), indices: integers(['$n', 1], 0, 4) }, { ...options, note: 'an unknown number' }),
  sample({ params: uniform([4, 2]), indices: integers([0, 1], 0, 4) }, { ...options, note: 'zero elements' }),
  sample(
    { params: integers([4], -5, 5), indices: integers([3, 1], 0, 4) },
    { ...options, notDifferentiable: 'integers' },
  ),
];
