import { integers, type Sample, type SampleOptions, sample, uniform, values } from '../sample.ts';

const options: SampleOptions = {
  reference: (tf, [params, indices]) => tf.gatherND(params!, indices!),
  tfGradIsWrong: 'it has none',
};
export const samples: readonly Sample[] = [
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
