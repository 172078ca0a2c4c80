import { type Sample, sample, values } from '../sample.ts';
import { logSumExp } from './log-sum-exp.ts';
import { reductionSamples } from './reduction.samples.ts';

export const samples: readonly Sample[] = [
  ...reductionSamples(logSumExp, {
    reference:
      (axis, keepDims) =>
      (tf, [x]) =>
        tf.logSumExp(x!, axis as number, keepDims),
  }),
  sample(
    {
      x: values([
        [1000, 999],
        [-1000, -1001],
        [3, 3],
      ]),
    },
    {
      build: ({ x }) => logSumExp(x!, 1),
      reference: (tf, [x]) => tf.logSumExp(x!, 1),
      tolerance: { first: 0.02, second: 0.1, reason: 'float32 has steps of 6e-5 at 1000' },
      note: 'far from 0, and a tie',
    },
  ),
];
