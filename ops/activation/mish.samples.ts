import { unarySamples } from '../elementwise/unary.samples.ts';
import { type Sample, type SampleOptions, sample, values } from '../sample.ts';

const options: SampleOptions = { tfjs: null, reference: (tf, [x]) => tf.mul(x!, tf.tanh(tf.softplus(x!))) };
export const samples: readonly Sample[] = [
  ...unarySamples(-3, 3, options),
  sample({ x: values([-20, -10, 10, 20]) }, { ...options, note: 'saturated' }),
];
