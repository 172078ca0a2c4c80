import { type OpDoc, type SampleOptions, type Sym, type SymLike, sample, uniform } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { rfft } from '../spectral/rfft.ts';
import { frame } from './frame.ts';
import { hammingWindow } from './hamming-window.ts';
import { hannWindow } from './hann-window.ts';

/** The smallest power of two that is at least `value`. */
export const enclosingPowerOfTwo = (value: number): number => 2 ** Math.ceil(Math.log2(value));

/**
 * The short-time Fourier transform of the last axis: [..., n] to complex64 [..., frames, fftLength / 2 + 1]. Frames are windowed, and
 * filled with zeros to `fftLength`, by default the next power of two.
 * @throws ShapeError, AttributeError
 */
export function stft(
  signal: SymLike,
  frameLength: number,
  frameStep: number,
  fftLength: number | null = null,
  windowFn: (length: number) => Sym = hannWindow,
): Sym {
  const windowed = mul(frame(signal, frameLength, frameStep), windowFn(frameLength));
  return rfft(windowed, fftLength ?? enclosingPowerOfTwo(frameLength));
}

export const doc: OpDoc = {
  summary: 'Short-time Fourier transform.',
  forward: 'y_{f k} = \\sum_j w_j x_{s f + j} \\, e^{-2 \\pi i j k / n}',
  gradient: { signal: '\\sum_{s f + j = t} w_j \\operatorname{Re} \\sum_k \\bar y_{f k} \\, e^{2 \\pi i j k / n}' },
  source: 'Allen and Rabiner, "A unified approach to short-time Fourier analysis and synthesis" (1977)',
};
const row = (length: number, step: number, fftLength?: number): SampleOptions => {
  const tfjs: SampleOptions['reference'] = (tf, [x]) => tf.signal.stft(x as never, length, step, fftLength);
  return { build: ({ signal }) => stft(signal!, length, step, fftLength), reference: tfjs, tfjs };
};
export const samples = () => [
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
