import { complexUniform, type Sample, sample, uniform } from '../sample.ts';
import { fft } from './fft.ts';
import { ifft } from './ifft.ts';
import { transformSamples } from './transform.samples.ts';

export const samples: readonly Sample[] = [
  ...transformSamples((tf, [z]) => tf.spectral.fft(z!)),
  sample(
    { input: uniform(['$n', 4]) },
    {
      build: ({ input }) => fft(input!),
      reference: (tf, [x]) => tf.spectral.fft(tf.complex(x!, tf.zerosLike(x!))),
      tfjs: (tf, [x]) => tf.spectral.fft(x!),
      note: 'real values',
    },
  ),
  sample(
    { input: complexUniform(['$n', 4]) },
    {
      build: ({ input }) => ifft(fft(input!)),
      reference: (tf, [z]) => tf.clone(z!),
      tfjs: (tf, [z]) => tf.spectral.ifft(tf.spectral.fft(z!)),
      note: 'there and back',
    },
  ),
];
