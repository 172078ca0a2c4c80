import { bools, integers, type Sample, type SampleOptions, sample, uniform, values } from '../sample.ts';
import { tensorScatterUpdate } from './tensor-scatter-update.ts';

// tfjs's cpu kernel modifies its input: pass a copy
const options: SampleOptions = {
  build: ({ tensor, indices, updates }) => tensorScatterUpdate(tensor!, indices!, updates!),
  reference: (tf, [tensor, indices, updates]) =>
    tf.tensorScatterUpdate(
      tensor!.dtype === 'bool' ? tf.logicalNot(tf.logicalNot(tensor!)) : tf.mul(tensor!, tf.onesLike(tensor!)),
      indices as never,
      updates!,
    ),
  tfjs: (tf, [tensor, indices, updates]) => tf.tensorScatterUpdate(tensor!, indices as never, updates!),
  tfGradIsWrong: 'it has none',
};
export const samples: readonly Sample[] = [
  sample({ tensor: uniform([4, 3]), indices: values([[1], [3]], 'int32'), updates: uniform([2, 3]) }, options),
  sample(
    { tensor: uniform([4, 2]), indices: values([[1], [3], [1]], 'int32'), updates: uniform([3, 2]) },
    { ...options, note: 'one index twice: the last update stays' },
  ),
  sample(
    {
      tensor: uniform([2, 3]),
      indices: values(
        [
          [0, 1],
          [1, 2],
        ],
        'int32',
      ),
      updates: uniform([2]),
    },
    { ...options, note: 'elements' },
  ),
  sample(
    {
      tensor: uniform([2, 2, 2]),
      indices: values(
        [
          [
            [0, 1],
            [1, 0],
          ],
          [
            [1, 1],
            [0, 1],
          ],
        ],
        'int32',
      ),
      updates: uniform([2, 2, 2]),
    },
    { ...options, note: 'rank 3, indices of rank 3' },
  ),
  sample(
    { tensor: uniform(['$n', 2]), indices: values([[1], [0]], 'int32'), updates: uniform([2, 2]) },
    { ...options, note: 'of unknown size' },
  ),
  sample(
    { tensor: uniform([5]), indices: integers(['$n', 1], 0, 5), updates: uniform(['$n']) },
    { ...options, note: 'an unknown number' },
  ),
  sample(
    { tensor: uniform([3]), indices: integers([0, 1], 0, 3), updates: uniform([0]) },
    { ...options, note: 'no update' },
  ),
  sample(
    { tensor: integers([4], -5, 5), indices: integers([2, 1], 0, 4), updates: integers([2], -5, 5) },
    { ...options, notDifferentiable: 'integers' },
  ),
  sample(
    { tensor: bools([4]), indices: values([[0], [3]], 'int32'), updates: bools([2]) },
    { ...options, notDifferentiable: 'bools' },
  ),
];
