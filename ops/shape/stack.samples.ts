import { integers, type Sample, sample, uniform } from '../sample.ts';
import { stack } from './stack.ts';

const three = () => ({ inputs: [uniform(['$n', 2]), uniform(['$n', 2]), uniform(['$n', 2])] });
export const samples: readonly Sample[] = [
  ...[0, 1, 2].map((axis) => sample(three(), { attrs: { axis } })),
  sample(
    { a: uniform([2, 3]), b: uniform([2, 3]) },
    {
      build: ({ a, b }) => stack([a!, b!], -1),
      reference: (tf, [a, b]) => tf.stack([a!, b!], -1),
      note: 'a negative axis',
    },
  ),
  sample({ inputs: [uniform([2, 3])] }, { attrs: { axis: 1 }, note: 'one value' }),
  sample({ inputs: [uniform([]), uniform([])] }, { attrs: { axis: 0 }, note: 'scalars' }),
  sample({ inputs: [uniform([0, 3]), uniform([0, 3])] }, { attrs: { axis: 0 }, note: 'zero elements' }),
  sample(
    { inputs: [integers([2], -5, 5), integers([2], -5, 5)] },
    { attrs: { axis: 0 }, notDifferentiable: 'integers' },
  ),
];
