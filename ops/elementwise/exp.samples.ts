import { integers, type Sample, sample, uniform } from '../sample.ts';
import { exp } from './exp.ts';
import { unarySamples } from './unary.samples.ts';

export const samples: readonly Sample[] = [
  ...unarySamples(-2, 2),
  sample({ x: uniform([4], -12, -8) }, { note: 'nearly zero' }),
  sample(
    { x: integers([4], -3, 3) },
    {
      build: ({ x }) => exp(x!),
      reference: (tf, [x]) => tf.exp(tf.cast(x!, 'float32')),
      tfjs: (tf, [x]) => tf.exp(x!),
      notDifferentiable: 'integers',
      note: 'integers are cast',
    },
  ),
];
