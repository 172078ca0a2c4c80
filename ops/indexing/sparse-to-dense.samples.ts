import { bools, integers, type Sample, type SampleOptions, sample, uniform, values } from '../sample.ts';
import { sparseToDense } from './sparse-to-dense.ts';

const tfGradIsWrong = 'it has none';
const row = (shape: number[]): SampleOptions => ({
  build: ({ indices, v, d }) => sparseToDense(indices!, v!, shape, d),
  reference: (tf, [indices, v, d]) => tf.sparseToDense(indices as never, v!, shape, d as never),
  tfGradIsWrong,
});
const ELEMENTS = [
  [0, 1],
  [2, 3],
  [1, 1],
];
export const samples: readonly Sample[] = [
  sample({ indices: values([1, 3, 0], 'int32'), v: uniform([3]), d: uniform([]) }, row([5])),
  sample({ indices: values(ELEMENTS, 'int32'), v: uniform([3]), d: uniform([]) }, { ...row([3, 4]), note: 'elements' }),
  sample(
    { indices: values([1, 3, 1, 1], 'int32'), v: uniform([4]), d: uniform([]) },
    { ...row([5]), note: 'one index three times: the last value stays' },
  ),
  sample(
    { indices: values([1, 3], 'int32'), v: uniform([]), d: uniform([]) },
    { ...row([5]), note: 'one value for all' },
  ),
  sample({ indices: values(2, 'int32'), v: uniform([]), d: uniform([]) }, { ...row([4]), note: 'one index' }),
  sample(
    { indices: values([1, 3], 'int32'), v: uniform([2]) },
    {
      build: ({ indices, v }) => sparseToDense(indices!, v!, [4]),
      reference: (tf, [indices, v]) => tf.sparseToDense(indices as never, v!, [4]),
      tfGradIsWrong,
      note: 'zeros elsewhere',
    },
  ),
  sample(
    { indices: values([[1], [0]], 'int32'), v: uniform([2, '$n']), d: uniform([]) },
    {
      build: ({ indices, v, d }) => sparseToDense(indices!, v!, [3, '$n'], d),
      reference: (tf, [, v, d]) =>
        tf.concat([tf.slice(v!, 1, 1), tf.slice(v!, 0, 1), tf.fill([1, 2], 1).mul(d!)] as never, 0),
      tfjs: (tf, [indices, v, d]) => tf.sparseToDense(indices as never, v!, [3, v!.shape[1]!], d as never),
      tfGradIsWrong,
      note: 'rows, which tf does not take',
    },
  ),
  sample(
    { indices: integers(['$n', 1], 0, 4), v: uniform(['$n']), d: uniform([]) },
    { ...row([4]), note: 'an unknown number' },
  ),
  sample({ indices: integers([0], 0, 4), v: uniform([0]), d: uniform([]) }, { ...row([3]), note: 'no index' }),
  sample(
    { indices: values([1, 3], 'int32'), v: integers([2], -5, 5), d: integers([], -5, 5) },
    { ...row([5]), notDifferentiable: 'integers' },
  ),
  sample(
    { indices: values([1, 3], 'int32'), v: bools([2]), d: values(true, 'bool') },
    { ...row([5]), notDifferentiable: 'bools' },
  ),
];
