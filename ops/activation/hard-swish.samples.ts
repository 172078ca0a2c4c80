import { unarySamples } from '../elementwise/unary.samples.ts';
import { type Sample, type SampleOptions, sample, values } from '../sample.ts';

const options: SampleOptions = { tfjs: null, reference: (tf, [x]) => tf.mul(x!, tf.div(tf.relu6(tf.add(x!, 3)), 6)) };
export const samples: readonly Sample[] = [
  ...unarySamples(-2.9, 2.9, options),
  sample({ x: values([-5, -4, 4, 5]) }, { ...options, note: 'saturated' }),
  sample({ x: values([-3, 3]) }, { ...options, notDifferentiable: 'kinks' }),
];
