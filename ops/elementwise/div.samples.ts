import { complexUniform, integers, type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { binarySamples } from './binary.samples.ts';
import { div } from './div.ts';

/** The complex quotient from its parts, since tfjs has no complex division. */
const byParts: SampleOptions['reference'] = (tf, [a, b]) => {
  const [ar, ai, br, bi] = [tf.real(a!), tf.imag(a!), tf.real(b!), tf.imag(b!)];
  const norm = tf.add(tf.square(br), tf.square(bi));
  return tf.complex(
    tf.div(tf.add(tf.mul(ar, br), tf.mul(ai, bi)), norm),
    tf.div(tf.sub(tf.mul(ai, br), tf.mul(ar, bi)), norm),
  );
};
export const samples: readonly Sample[] = [
  ...binarySamples([-2, 2], [0.5, 2]),
  sample({ a: uniform([4], -2, 2), b: uniform([4], -3, -1) }, { note: 'negative divisors' }),
  sample(
    { a: complexUniform(['$n', 3]), b: complexUniform(['$n', 3], 0.5, 2) },
    { reference: byParts, tfjs: (tf, [a, b]) => tf.div(a!, b!), note: 'complex' },
  ),
  sample(
    { a: complexUniform([2, 1, 3]), b: complexUniform([4, 1], -2, -0.5) },
    { reference: byParts, tfjs: (tf, [a, b]) => tf.div(a!, b!), note: 'complex, both broadcast' },
  ),
  sample(
    { a: complexUniform(['$n', 3]), b: uniform([3], 0.5, 2) },
    {
      build: ({ a, b }) => div(a!, b!),
      reference: (tf, [a, b]) => tf.complex(tf.div(tf.real(a!), b!), tf.div(tf.imag(a!), b!)),
      tfjs: (tf, [a, b]) => tf.div(a!, b!),
      note: 'complex by real',
    },
  ),
  sample(
    { a: integers([6], -9, 9), b: integers([6], 1, 5) },
    {
      build: ({ a, b }) => div(a!, b!),
      reference: (tf, [a, b]) => tf.div(a!, b!),
      notDifferentiable: 'integers',
      note: 'rounded down',
    },
  ),
];
