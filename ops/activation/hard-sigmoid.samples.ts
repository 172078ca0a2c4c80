import { unarySamples } from '../elementwise/unary.samples.ts';
import { type Sample, type SampleOptions, sample, values } from '../sample.ts';

const options: SampleOptions = {
  tfjs: null,
  reference: (tf, [x]) => tf.clipByValue(tf.add(tf.mul(x!, 0.2), 0.5), 0, 1),
};
export const samples: readonly Sample[] = [
  ...unarySamples(-2.4, 2.4, options),
  sample({ x: values([-4, -3, 3, 4]) }, { ...options, note: 'saturated' }),
  sample({ x: values([-2.5, 2.5]) }, { ...options, notDifferentiable: 'kinks' }),
];
