import type { OpDoc, Sym } from '../../engine/index.ts';
import { averagesOfVolumes } from './families.ts';
import type { VolumeAttrs } from './geometry.ts';

export const AvgPool3DGrad = averagesOfVolumes.grad;

/** The cotangent of the input of an average pooling. Uses only the shape of `input`. @throws ShapeError, DTypeError */
export const avgPool3dGrad = (dy: Sym, input: Sym, attrs: VolumeAttrs): Sym => AvgPool3DGrad.node({ dy, input }, attrs);

export const doc: OpDoc = {
  summary: 'The gradient of the averages over the windows of a volume.',
  forward: 'z_j = \\sum_{i, k : \\, s i + d k - p = j} \\bar y_i / n_i',
  gradient: { dy: '\\frac{1}{n_i} \\sum_k \\bar z_{s i + d k - p}', input: 'zero' },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), section 3',
};
