import { cast, defineOp, dimValue, lift, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { div } from '../elementwise/div.ts';
import { dft } from './dft.ts';
import { fft } from './fft.ts';
import { inferTransform } from './infer-transform.ts';

export const IFFT = defineOp({
  name: 'IFFT',
  inputs: ['input'],
  infer: ({ input }) => inferTransform(input),
  lowering: [{ kind: 'kernel' }],
  traits: { linear: ['input'] },
  parts: ({ input }) => {
    const { re, im } = dft(input.re, input.im, true);
    const n = dimValue(re.shape.at(-1)!);
    return { re: div(re, n), im: div(im, n) };
  },
  gradient: { input: ({ input }, { dy }) => div(fft(dy), dimValue(input.shape.at(-1)!)) },
});

/** The inverse of `fft`, over the last axis, complex64. Real values are accepted too. @throws ShapeError */
export const ifft = (input: SymLike): Sym => IFFT.node({ input: cast(lift(input), 'complex64') });

export const doc: OpDoc = {
  summary: 'Inverse discrete Fourier transform of the last axis.',
  forward: 'y_j = \\tfrac 1 n \\sum_k x_k \\, e^{2 \\pi i j k / n}',
  gradient: { input: '\\tfrac 1 n \\operatorname{fft}(\\bar y)' },
  source: 'Cooley and Tukey (1965); the adjoint is the conjugate transform',
};
