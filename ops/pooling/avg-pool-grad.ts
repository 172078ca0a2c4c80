import type { OpDoc, Sym } from '../../engine/index.ts';
import { averagesOfImages } from './families.ts';
import type { ImageAttrs } from './geometry.ts';

export const AvgPoolGrad = averagesOfImages.grad;

/** The cotangent of the input of an average pooling. Uses only the shape of `input`. @throws ShapeError, DTypeError */
export const avgPoolGrad = (dy: Sym, input: Sym, attrs: ImageAttrs): Sym => AvgPoolGrad.node({ dy, input }, attrs);

export const doc: OpDoc = {
  summary: 'The gradient of the averages over the windows of an image.',
  forward: 'z_j = \\sum_{i, k : \\, s i + d k - p = j} \\bar y_i / n_i',
  gradient: { dy: '\\frac{1}{n_i} \\sum_k \\bar z_{s i + d k - p}', input: 'zero' },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), section 3',
};
