import { cast, defineOp, dimValue, lift, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { dft } from './dft.ts';
import { ifft } from './ifft.ts';
import { inferTransform } from './infer-transform.ts';

export const FFT = defineOp({
  name: 'FFT',
  inputs: ['input'],
  infer: ({ input }) => inferTransform(input),
  lowering: [{ kind: 'kernel' }],
  traits: { linear: ['input'] },
  parts: ({ input: { re, im } }) => dft(re, im),
  gradient: { input: ({ input }, { dy }) => mul(ifft(dy), dimValue(input.shape.at(-1)!)) },
});

/** The discrete Fourier transform over the last axis, complex64. Real values are accepted too. @throws ShapeError */
export const fft = (input: SymLike): Sym => FFT.node({ input: cast(lift(input), 'complex64') });

export const doc: OpDoc = {
  summary: 'Discrete Fourier transform of the last axis.',
  forward: 'y_k = \\sum_j x_j \\, e^{-2 \\pi i j k / n}',
  gradient: { input: '\\sum_k \\bar y_k \\, e^{2 \\pi i j k / n} = n \\operatorname{ifft}(\\bar y)_j' },
  source: 'Cooley and Tukey (1965); the adjoint of the symmetric matrix F is its conjugate',
};
