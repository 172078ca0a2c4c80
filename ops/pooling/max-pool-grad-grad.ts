import type { OpDoc, Sym } from '../../engine/index.ts';
import { maximaOfImages } from './families.ts';
import type { ImageAttrs } from './geometry.ts';

export const MaxPoolGradGrad = maximaOfImages.gradGrad;

/** The elements of `dy` at the first maximum of each window of `input`: the adjoint of maxPoolGrad. @throws ShapeError, DTypeError */
export const maxPoolGradGrad = (dy: Sym, input: Sym, attrs: ImageAttrs): Sym =>
  MaxPoolGradGrad.node({ dy, input }, attrs);

export const doc: OpDoc = {
  summary: 'What a value has where the windows of an image have their maxima.',
  forward: 'z_i = \\bar y_{s i + d k_i - p}, \\; k_i \\text{ the first maximum of window } i',
  gradient: { dy: '\\sum_{i : \\, s i + d k_i - p = j} \\bar z_i', input: 'zero' },
  source: 'named as in TensorFlow; the adjoint of maxPoolGrad',
};
