import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { rfft } from '../spectral/rfft.ts';
import { frame } from './frame.ts';
import { hannWindow } from './hann-window.ts';

/** The smallest power of two that is at least `value`. */
export const enclosingPowerOfTwo = (value: number): number => 2 ** Math.ceil(Math.log2(value));

/**
 * The short-time Fourier transform of the last axis: [..., n] to complex64 [..., frames, fftLength / 2 + 1]. Frames are multiplied by the
 * window and padded with zeros to `fftLength`, by default the next power of two.
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
