import type { OpDoc, Sym } from '../../engine/index.ts';
import { cosineWindow } from './window.ts';

/** A Hann window of `windowLength` values, float32. @throws AttributeError */
export const hannWindow = (windowLength: number): Sym => cosineWindow(windowLength, 0.5, 0.5);

export const doc: OpDoc = {
  summary: 'Hann window.',
  forward: 'w_i = \\tfrac 1 2 - \\tfrac 1 2 \\cos(2 \\pi i / n), \\; n \\text{ the length, or one less if it is odd}',
  gradient: {},
  source: 'Harris, "On the use of windows for harmonic analysis with the discrete Fourier transform" (1978)',
};
