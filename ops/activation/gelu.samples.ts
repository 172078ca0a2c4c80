import { unarySamples } from '../elementwise/unary.samples.ts';
import { type Sample, type SampleOptions, sample, values } from '../sample.ts';

const exact: SampleOptions = {
  tfjs: null,
  reference: (tf, [x]) => tf.mul(tf.mul(0.5, x!), tf.add(1, tf.erf(tf.div(x!, Math.SQRT2)))),
};
const approximate: SampleOptions = {
  tfjs: null,
  attrs: { approximate: true },
  reference: (tf, [x]) => {
    const cubic = tf.add(x!, tf.mul(0.044715, tf.pow(x!, 3)));
    return tf.mul(tf.mul(0.5, x!), tf.add(1, tf.tanh(tf.mul(Math.sqrt(2 / Math.PI), cubic))));
  },
};
const saturated = values([-6, -4, 4, 6]);
export const samples: readonly Sample[] = [
  ...unarySamples(-3, 3, exact),
  ...unarySamples(-3, 3, approximate),
  sample({ x: saturated }, { ...exact, note: 'saturated' }),
  sample({ x: saturated }, { ...approximate, note: 'saturated' }),
];
