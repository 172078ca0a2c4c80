import { bools, integers, type Sample, sample, uniform } from '../sample.ts';
import { reductionSamples } from './reduction.samples.ts';
import { sum } from './sum.ts';

export const samples: readonly Sample[] = [
  ...reductionSamples(sum, {
    reference:
      (axis, keepDims) =>
      (tf, [x]) =>
        tf.sum(x!, axis as number, keepDims),
  }),
  sample({ x: uniform([2, 0]) }, { attrs: { axis: [1] }, note: 'nothing to sum: zeros' }),
  sample({ x: integers(['$n', 3], -5, 5) }, { attrs: { axis: [0] }, notDifferentiable: 'integers' }),
  sample(
    { x: bools(['$n', 3]) },
    { build: ({ x }) => sum(x!, 1), reference: (tf, [x]) => tf.sum(x!, 1), notDifferentiable: 'bools', note: 'counts' },
  ),
];
