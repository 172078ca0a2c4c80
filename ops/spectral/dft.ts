import type { Dim, DimLike, OpDoc, Parts, Sym } from '../../engine/index.ts';
import {
  attr,
  DTypeError,
  defineComposite,
  dim,
  product,
  requireAtLeast,
  reshape,
  ShapeError,
  toDim,
} from '../../engine/index.ts';
import { requireSameShape } from '../shape/axis.ts';
import { pad } from '../shape/pad.ts';
import { transform } from './fourier.ts';

/**
 * The unnormalized discrete Fourier transform over the last axis of real and imaginary parts, of which fft, ifft, rfft and irfft are
 * composed. With `inverse` the exponent is positive; only the first `bins` results are computed.
 */
export const DFT = defineComposite({
  name: 'DFT',
  inputs: ['re', 'im'],
  outputs: ['re', 'im'],
  attrs: { inverse: attr.bool(false), bins: attr.dim() },
  infer: ({ re, im }, { bins }) => {
    if (re.dtype !== 'float32' || im.dtype !== 'float32')
      throw new DTypeError(`parts of ${re.dtype} and ${im.dtype}, not float32`);
    requireSameShape(re.shape, im.shape, 'the parts');
    const n = re.shape.at(-1);
    if (n === undefined) throw new ShapeError('a scalar has no axis to transform');
    requireAtLeast(n, bins, 'the length and the bins of a transform');
    const part = { dtype: 'float32', shape: [...re.shape.slice(0, -1), bins] } as const;
    return [part, part];
  },
  lowering: [
    {
      kind: 'composite',
      ready: ({ re }, { bins }) => typeof re.shape.at(-1) === 'number' && typeof bins === 'number',
      expand: ({ re, im }, { inverse, bins }) => {
        const batch = re.shape.slice(0, -1);
        const n = re.shape.at(-1) as number;
        const rows = product(batch);
        const flat = { re: reshape(re, [rows, n]), im: reshape(im, [rows, n]) };
        const y = transform(flat, rows, n, bins as number, inverse ? 1 : -1);
        return [y.re, y.im].map((part) => reshape(part, [...batch, bins]));
      },
    },
  ],
  gradient: {
    re: ({ re }, { dys, attrs }) => adjoint(dys, re.shape.at(-1)!, attrs.inverse).re,
    im: ({ im }, { dys, attrs }) => adjoint(dys, im.shape.at(-1)!, attrs.inverse).im,
  },
});

/** The adjoint is the conjugate transform, with cotangents of 0 for bins that were not computed. */
function adjoint({ re, im }: Parts, n: Dim, inverse: boolean): Parts {
  const missing = dim.sub(n, re.shape.at(-1)!);
  const whole = (s: Sym): Sym => pad(s, [...s.shape.slice(1).map(() => [0, 0] as const), [0, missing]]);
  return dft(whole(re), whole(im), !inverse);
}

/**
 * sum over j of (re_j + i im_j) exp(-2 pi i j k / n) over the last axis, as parts; with `inverse`, exp(+2 pi i j k / n).
 * @param bins how many k are computed, from 0 on; by default all
 * @throws ShapeError, DTypeError
 */
export function dft(re: Sym, im: Sym, inverse = false, bins?: DimLike): Parts {
  const [y, z] = DFT.nodes({ re, im }, { inverse, bins: bins === undefined ? (re.shape.at(-1) ?? 0) : toDim(bins) });
  return { re: y!, im: z! };
}

export const doc: OpDoc = {
  summary: 'Discrete Fourier transform of the last axis, in real and imaginary parts.',
  forward: 'a_k + i b_k = \\sum_j (x_j + i y_j) \\, e^{\\mp 2 \\pi i j k / n}',
  gradient: {
    re: '\\operatorname{Re} \\sum_k (\\bar a_k + i \\bar b_k) \\, e^{\\pm 2 \\pi i j k / n}',
    im: '\\operatorname{Im} \\sum_k (\\bar a_k + i \\bar b_k) \\, e^{\\pm 2 \\pi i j k / n}',
  },
  source: 'Cooley and Tukey (1965); the adjoint is the conjugate transform',
};
