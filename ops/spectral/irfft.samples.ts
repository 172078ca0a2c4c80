import { realPart } from '../../engine/index.ts';
import { complexUniform, type Sample, type SampleOptions, sample } from '../sample.ts';
import { irfft } from './irfft.ts';
import { rfft } from './rfft.ts';

const reference: SampleOptions['reference'] = (tf, [z]) =>
  tf.reshape(tf.spectral.irfft(z!), [...z!.shape.slice(0, -1), Math.max(1, 2 * (z!.shape.at(-1)! - 1))]);
const row: SampleOptions = { build: ({ input }) => irfft(input!), reference, tfjs: (tf, [z]) => tf.spectral.irfft(z!) };
export const samples: readonly Sample[] = [
  ...[1, 2, 3, 4, 5].map((n) => sample({ input: complexUniform(['$n', n]) }, row)),
  sample({ input: complexUniform([3, '$n']) }, { ...row, note: 'an unknown length' }),
  sample({ input: complexUniform([4]) }, { ...row, note: 'rank 1' }),
  sample({ input: complexUniform([2, 1, 3]) }, { ...row, note: 'rank 3' }),
  sample(
    { input: complexUniform([0, 3]) },
    { ...row, reference: (tf) => tf.zeros([0, 4]), note: 'zero elements, which tf refuses' },
  ),
  sample(
    { input: complexUniform(['$n', 3]) },
    {
      build: ({ input }) => irfft(input!, { fftLength: 5 }),
      reference: (tf, [z]) => {
        const [re, im] = [tf.real(z!), tf.imag(z!)];
        const part = (s: typeof re): typeof re => tf.reverse(tf.slice(s, [0, 1], [-1, 2]), 1);
        const whole = tf.complex(tf.concat([re, part(re)], 1), tf.concat([im, tf.neg(part(im))], 1));
        return tf.real(tf.spectral.ifft(whole));
      },
      tfjs: null,
      note: 'an odd length, which tf cannot say',
    },
  ),
  sample(
    { input: complexUniform(['$n', 5]) },
    {
      build: ({ input }) => irfft(input!, { fftLength: 4 }),
      reference: (tf, [z]) => {
        const part = (s: ReturnType<typeof tf.real>) => tf.slice(s, [0, 0], [-1, 3]);
        return tf.spectral.irfft(tf.complex(part(tf.real(z!)), part(tf.imag(z!))));
      },
      tfjs: null,
      note: 'a shorter length',
    },
  ),
  sample(
    { input: complexUniform(['$n', 5]) },
    {
      build: ({ input }) => irfft(rfft(realPart(input!)), { fftLength: 5 }),
      reference: (tf, [z]) => tf.real(z!),
      tfjs: null,
      note: 'there and back, of an odd length',
    },
  ),
];
