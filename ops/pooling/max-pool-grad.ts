import type { OpDoc, Sym } from '../../engine/index.ts';
import { maximaOfImages } from './families.ts';
import type { ImageAttrs } from './geometry.ts';

export const MaxPoolGrad = maximaOfImages.grad;

/** The cotangent of the input of a maximum pooling, whose output is `output`. @throws ShapeError, DTypeError */
export const maxPoolGrad = (dy: Sym, input: Sym, output: Sym, attrs: ImageAttrs): Sym =>
  MaxPoolGrad.node({ dy, input, output }, attrs);

export const doc: OpDoc = {
  summary: 'The gradient of the maxima of the windows of an image.',
  forward: 'z_j = \\sum_{i : \\, s i + d k_i - p = j} \\bar y_i, \\; k_i \\text{ the first maximum of window } i',
  gradient: { dy: '\\bar z_{s i + d k_i - p}', input: 'zero', output: 'zero' },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), section 3',
};
