import { type Sample, sample, uniform } from '../sample.ts';
import { conj } from './conj.ts';
import { complexSamples } from './values.samples.ts';

export const samples: readonly Sample[] = [
  ...complexSamples('input', { reference: (tf, [z]) => tf.complex(tf.real(z!), tf.neg(tf.imag(z!))), tfjs: null }),
  sample(
    { input: uniform(['$n', 3]) },
    { build: ({ input }) => conj(input!), reference: (tf, [x]) => tf.clone(x!), tfjs: null, note: 'a real value' },
  ),
];
