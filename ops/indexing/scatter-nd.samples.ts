import { integers, type Sample, type SampleOptions, sample, uniform, values } from '../sample.ts';
import { scatterND } from './scatter-nd.ts';

const tfGradIsWrong = 'it has none';
const row = (shape: number[]): SampleOptions => ({
  build: ({ indices, updates }) => scatterND(indices!, updates!, shape),
  reference: (tf, [indices, updates]) => tf.scatterND(indices as never, updates!, shape),
  tfGradIsWrong,
});
export const samples: readonly Sample[] = [
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
