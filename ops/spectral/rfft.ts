import type { Dim, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { complexOf, DTypeError, dim, lift, ShapeError, zeroCotangent } from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import { dft } from './dft.ts';
import { withLength } from './length.ts';

/** The number of results that are computed for n real values; the others are conjugates of these. */
export const binsOf = (n: Dim): Dim => dim.add(dim.floorDiv(n, 2), 1);

/**
 * The first half of the discrete Fourier transform of real values over the last axis: complex64, of size fftLength / 2 + 1.
 * @param fftLength to which the axis is truncated or zero-padded
 * @throws ShapeError, DTypeError
 */
export function rfft(input: SymLike, fftLength?: number | null): Sym {
  const x = float(lift(input));
  const own = x.shape.at(-1);
  if (own === undefined) throw new ShapeError('rfft: a scalar has no axis to transform');
  if (x.dtype !== 'float32') throw new DTypeError(`rfft: a transform of ${x.dtype}, not of real values; use fft`);
  const n = fftLength ?? own;
  if (typeof n === 'number' && !(Number.isInteger(n) && n > 0))
    throw new ShapeError(`rfft: a transform of length ${n}`);
  const cut = withLength(x, n);
  const { re, im } = dft(cut, zeroCotangent(cut), false, binsOf(n));
  return complexOf(re, im);
}

export const doc: OpDoc = {
  summary: 'Discrete Fourier transform of real values, without the half that follows from the other.',
  forward: 'y_k = \\sum_j x_j \\, e^{-2 \\pi i j k / n}, \\; k \\le n / 2',
  gradient: { input: '\\operatorname{Re} \\sum_{k \\le n / 2} \\bar y_k \\, e^{2 \\pi i j k / n}' },
  source: 'Cooley and Tukey (1965); the adjoint is the conjugate transform',
};
