import { integers, type Sample, sample, uniform, values } from '../sample.ts';
import { ceil } from './ceil.ts';

export const samples: readonly Sample[] = [
  sample({ x: uniform(['$n', 3], 0.1, 0.4) }),
  sample({ x: uniform([], -1.9, -1.6) }),
  sample({ x: uniform([0, 2]) }, { note: 'zero elements' }),
  sample({ x: values([-2.5, -1, -0.5, 0, 0.5, 1, 2.5]) }, { notDifferentiable: 'jumps' }),
  sample(
    { x: integers([4], -5, 5) },
    {
      build: ({ x }) => ceil(x!),
      reference: (tf, [x]) => tf.clone(x!),
      tfjs: (tf, [x]) => tf.ceil(x!),
      notDifferentiable: 'integers',
    },
  ),
];
