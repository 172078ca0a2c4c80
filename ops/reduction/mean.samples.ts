import { integers, type Sample, sample } from '../sample.ts';
import { mean } from './mean.ts';
import { reductionSamples } from './reduction.samples.ts';

export const samples: readonly Sample[] = [
  ...reductionSamples(mean, {
    reference:
      (axis, keepDims) =>
      (tf, [x]) =>
        tf.mean(x!, axis as number, keepDims),
  }),
  sample(
    { x: integers(['$n', 3], -5, 5) },
    { build: ({ x }) => mean(x!, 0), reference: (tf, [x]) => tf.mean(x!, 0), notDifferentiable: 'integers' },
  ),
];
