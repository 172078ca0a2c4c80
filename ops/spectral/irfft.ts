import type { Dim, DimLike, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import {
  cast,
  dim,
  dimValue,
  fill,
  imagPart,
  iota,
  lift,
  realPart,
  ShapeError,
  select,
  toDim,
} from '../../engine/index.ts';
import { equal } from '../comparison/equal.ts';
import { logicalOr } from '../comparison/logical-or.ts';
import { div } from '../elementwise/div.ts';
import { mul } from '../elementwise/multiply.ts';
import { dft } from './dft.ts';
import { withLength } from './length.ts';
import { binsOf } from './rfft.ts';

export interface InverseOptions {
  /** The number of results; by default 2 (m - 1) for m bins, so that an odd length must be given. */
  readonly fftLength?: DimLike;
}

/**
 * The inverse of `rfft`, over the last axis: the real values whose transform has the input as its first half.
 * @throws ShapeError
 */
export function irfft(input: SymLike, { fftLength }: InverseOptions = {}): Sym {
  const z = cast(lift(input), 'complex64');
  const own = z.shape.at(-1);
  if (own === undefined) throw new ShapeError('irfft: a scalar has no axis to transform');
  const n = fftLength === undefined ? dim.max(1, dim.mul(2, dim.sub(own, 1))) : toDim(fftLength);
  const bins = withLength(z, binsOf(n));
  const weights = multiplicities(n);
  const part = (s: Sym): Sym => withLength(mul(s, weights), n);
  return div(dft(part(realPart(bins)), part(imagPart(bins)), true).re, dimValue(n));
}

/** The weight of each bin: 2 if its conjugate is another bin, else 1. */
function multiplicities(n: Dim): Sym {
  const k = iota(binsOf(n));
  const single = logicalOr(equal(k, fill([], 0, 'int32')), equal(mul(k, fill([], 2, 'int32')), dimValue(n, 'int32')));
  return select(single, 1, 2);
}

export const doc: OpDoc = {
  summary: 'Inverse discrete Fourier transform to real values.',
  forward:
    'y_j = \\tfrac 1 n \\operatorname{Re} \\sum_{k \\le n / 2} w_k x_k \\, e^{2 \\pi i j k / n}, \\; w_k = 1 \\text{ for } k \\in \\{0, n / 2\\}, \\text{ else } 2',
  gradient: { input: '\\tfrac{w_k} n \\sum_j \\bar y_j \\, e^{-2 \\pi i j k / n}' },
  source: 'Cooley and Tukey (1965); the transform of real values is Hermitian: x_{n - k} = x_k^*',
};
