import { unarySamples } from '../elementwise/unary.samples.ts';
import { distinct, type Sample, type SampleOptions, sample, values } from '../sample.ts';

const options: SampleOptions = { tfjs: null, reference: (tf, [x]) => tf.div(x!, tf.add(1, tf.abs(x!))) };
export const samples: readonly Sample[] = [
  sample({ x: distinct(['$n', 3]) }, options),
  ...unarySamples(0.1, 3, options),
  sample({ x: values([-20, -10, 10, 20]) }, { ...options, note: 'saturated' }),
];
