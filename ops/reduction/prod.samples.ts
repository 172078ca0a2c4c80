import { bools, integers, type Sample, sample, values } from '../sample.ts';
import { prod } from './prod.ts';
import { reductionSamples } from './reduction.samples.ts';

export const samples: readonly Sample[] = [
  ...reductionSamples(
    prod,
    {
      reference:
        (axis, keepDims) =>
        (tf, [x]) =>
          tf.prod(x!, axis as number, keepDims),
    },
    { tfGradIsWrong: 'throws for a negative axis' },
  ),
  sample(
    {
      x: values([
        [0, 2, 3],
        [0, -1.5, 0],
        [0.5, 2, 0],
      ]),
    },
    { attrs: { axis: [1] }, note: 'zeros' },
  ),
  sample(
    {
      x: values([
        [0, 2],
        [1.5, 0.5],
      ]),
    },
    { attrs: { axis: [0, 1] }, note: 'a zero, all axes' },
  ),
  sample({ x: integers(['$n', 3], -4, 4) }, { attrs: { axis: [1] }, notDifferentiable: 'integers' }),
  sample(
    { x: bools(['$n', 2]) },
    { build: ({ x }) => prod(x!, 1), reference: (tf, [x]) => tf.prod(x!, 1), notDifferentiable: 'bools' },
  ),
];
