import { integers, type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { split } from './split.ts';

const row = (parts: number | number[], axis: number): SampleOptions => ({
  build: ({ x }) => split(x!, parts, axis),
  reference: (tf, [x]) => tf.split(x!, parts, axis),
});
export const samples: readonly Sample[] = [
  sample({ x: uniform(['$n', 4]) }, row(2, 1)),
  sample({ x: uniform(['$n', 5]) }, row([2, 3], -1)),
  sample({ x: uniform([2, 6, 2]) }, { ...row([1, -1, 2], 1), note: 'what is left' }),
  sample({ x: uniform([2, 3]) }, { ...row(1, 1), note: 'one part', tfGradIsWrong: 'throws for one part' }),
  sample({ x: uniform([2, 3]) }, { ...row([0, 3], 1), note: 'a part without elements' }),
  sample(
    { x: uniform(['$n', 4]) },
    {
      build: ({ x }) => split(x!, [1, 3], 1)[1]!,
      reference: (tf, [x]) => tf.split(x!, [1, 3], 1)[1]!,
      note: 'one part unused',
    },
  ),
  sample({ x: integers([4, 2], -5, 5) }, { ...row(2, 0), notDifferentiable: 'integers' }),
];
