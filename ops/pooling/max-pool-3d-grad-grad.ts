import type { OpDoc, Sym } from '../../engine/index.ts';
import { maximaOfVolumes } from './families.ts';
import type { VolumeAttrs } from './geometry.ts';

export const MaxPool3DGradGrad = maximaOfVolumes.gradGrad;

/** The elements of `dy` at the first maximum of each window of `input`: the adjoint of maxPool3dGrad. @throws ShapeError, DTypeError */
export const maxPool3dGradGrad = (dy: Sym, input: Sym, attrs: VolumeAttrs): Sym =>
  MaxPool3DGradGrad.node({ dy, input }, attrs);

export const doc: OpDoc = {
  summary: 'What a value has where the windows of a volume have their maxima.',
  forward: 'z_i = \\bar y_{s i + d k_i - p}, \\; k_i \\text{ the first maximum of window } i',
  gradient: { dy: '\\sum_{i : \\, s i + d k_i - p = j} \\bar z_i', input: 'zero' },
  source: 'named as in TensorFlow; the adjoint of maxPool3dGrad',
};
