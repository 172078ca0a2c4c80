import { unarySamples } from '../elementwise/unary.samples.ts';
import { type Sample, type SampleOptions, sample, values } from '../sample.ts';

const reference: SampleOptions['reference'] = (tf, [x]) => tf.logSigmoid(x!);
export const samples: readonly Sample[] = [
  ...unarySamples(-3, 3, { reference }),
  sample({ x: values([-100, -20, 20, 100]) }, { reference, note: 'saturated' }),
];
