import { distinct, type Sample, type SampleOptions, sample, values } from '../sample.ts';
import type { Axes } from '../shape/axis.ts';
import { norm } from './norm.ts';

const row = (ord: Parameters<typeof norm>[1], axis: Axes = null, keepDims = false): SampleOptions => ({
  build: ({ x }) => norm(x!, ord, axis, keepDims),
  reference: (tf, [x]) => tf.norm(x!, ord, axis as number, keepDims),
});
export const samples: readonly Sample[] = [
  sample({ x: distinct(['$n', 3]) }, row('euclidean', 1)),
  sample({ x: distinct(['$n', 3]) }, { ...row('euclidean', 0, true), note: 'the unknown axis, kept' }),
  sample({ x: distinct([2, 3]) }, { ...row('euclidean'), note: 'all elements' }),
  sample({ x: distinct([2, 3, 2]) }, { ...row('fro', [1, 2]), note: 'matrices' }),
  sample({ x: distinct(['$n', 3]) }, row(1, -1)),
  sample({ x: distinct(['$n', 3]) }, row(Infinity, 1)),
  sample({ x: distinct(['$n', 3]) }, row(-Infinity, 1)),
  sample({ x: distinct([2, 3, 4]) }, { ...row(1, [1, 2]), note: 'the largest column' }),
  sample({ x: distinct([2, 3, 4]) }, { ...row(Infinity, [1, 2]), note: 'the largest row' }),
  sample({ x: distinct([2, 3, 4]) }, { ...row(-Infinity, [1, 2]), note: 'the smallest row' }),
  sample({ x: distinct([0, 3]) }, { ...row('euclidean', 1), note: 'zero elements' }),
  sample(
    {
      x: values([
        [0, 0],
        [3, 4],
      ]),
    },
    { ...row('euclidean', 1), notDifferentiable: 'a kink at 0, where the gradient is 0' },
  ),
  sample({ x: distinct([]) }, { ...row('euclidean'), note: 'a scalar' }),
];
