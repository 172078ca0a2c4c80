import { type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { hammingWindow } from './hamming-window.ts';
import { stft } from './stft.ts';

const row = (length: number, step: number, fftLength?: number): SampleOptions => {
  const tfjs: SampleOptions['reference'] = (tf, [x]) => tf.signal.stft(x as never, length, step, fftLength);
  return { build: ({ signal }) => stft(signal!, length, step, fftLength), reference: tfjs, tfjs };
};
export const samples: readonly Sample[] = [
  sample({ signal: uniform(['$n']) }, { ...row(2, 1), note: 'an unknown length' }),
  sample({ signal: uniform([10]) }, row(4, 2)),
  sample({ signal: uniform([9]) }, { ...row(3, 2), note: 'filled to a power of two' }),
  sample({ signal: uniform([7]) }, { ...row(3, 1, 5), note: 'an odd length' }),
  sample(
    { signal: uniform([8]) },
    {
      build: ({ signal }) => stft(signal!, 4, 2, 4, hammingWindow),
      reference: (tf, [x]) => tf.signal.stft(x as never, 4, 2, 4, tf.signal.hammingWindow as never),
      note: 'another window',
    },
  ),
  sample(
    { signal: uniform([3]) },
    { ...row(4, 2), reference: (tf) => tf.complex(tf.zeros([0, 3]), tf.zeros([0, 3])), note: 'no frame' },
  ),
  sample(
    { signal: uniform(['$n', 6]) },
    {
      ...row(4, 2),
      reference: (tf, [x]) => {
        const rows = tf.unstack(x!).map((one) => tf.signal.stft(one as never, 4, 2));
        return tf.complex(tf.stack(rows.map((z) => tf.real(z))), tf.stack(rows.map((z) => tf.imag(z))));
      },
      note: 'a batch, which tf does not take',
    },
  ),
];
