import { defineOp, type OpDoc, type Sym, ZERO } from '../../engine/index.ts';
import { attrs3d } from './attributes.ts';
import { inferPoolGrad, isPlain, type VolumeAttrs } from './geometry.ts';
import { maxPool3dGradGrad } from './max-pool-3d-grad-grad.ts';
import { putAtMaxima } from './windows.ts';

export const MaxPool3DGrad = defineOp({
  name: 'MaxPool3DGrad',
  inputs: ['dy', 'input', 'output'],
  attrs: attrs3d,
  infer: ({ dy, input }, attrs) => [inferPoolGrad(dy, input, attrs)],
  lowering: [
    { kind: 'kernel', when: (_inputs, attrs) => isPlain(attrs) },
    { kind: 'composite', expand: ({ dy, input }, attrs) => putAtMaxima(dy, input, attrs) },
  ],
  traits: { linear: ['dy'], routes: { dy: 'whole' } },
  gradient: { dy: ({ input }, { dy, attrs }) => maxPool3dGradGrad(dy, input, attrs), input: ZERO, output: ZERO },
});

/** The cotangent of the input of a maximum pooling, which gave `output`. @throws ShapeError, DTypeError */
export function maxPool3dGrad(dy: Sym, input: Sym, output: Sym, attrs: VolumeAttrs): Sym {
  return MaxPool3DGrad.node({ dy, input, output }, attrs);
}

export const doc: OpDoc = {
  summary: 'The gradient of the maxima of the windows of a volume.',
  forward: 'z_j = \\sum_{i : \\, s i + d k_i - p = j} \\bar y_i, \\; k_i \\text{ the first maximum of window } i',
  gradient: { dy: '\\bar z_{s i + d k_i - p}', input: 'zero', output: 'zero' },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), section 3',
};
