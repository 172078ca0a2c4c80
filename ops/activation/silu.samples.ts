import { unarySamples } from '../elementwise/unary.samples.ts';
import { type Sample, type SampleOptions, sample, values } from '../sample.ts';

const options: SampleOptions = { tfjs: null, reference: (tf, [x]) => tf.mul(x!, tf.sigmoid(x!)) };
export const samples: readonly Sample[] = [
  ...unarySamples(-3, 3, options),
  sample({ x: values([-50, -20, 20, 50]) }, { ...options, note: 'saturated' }),
];
