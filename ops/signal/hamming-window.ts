import type { OpDoc, Sym } from '../../engine/index.ts';
import { cosineWindow } from './window.ts';

/** A Hamming window of `windowLength` values, float32. @throws AttributeError */
export const hammingWindow = (windowLength: number): Sym => cosineWindow(windowLength, 0.54, 0.46);

export const doc: OpDoc = {
  summary: 'Hamming window.',
  forward: 'w_i = 0.54 - 0.46 \\cos(2 \\pi i / n), \\; n \\text{ the length, or one less if it is odd}',
  gradient: {},
  source: 'Harris, "On the use of windows for harmonic analysis with the discrete Fourier transform" (1978)',
};
