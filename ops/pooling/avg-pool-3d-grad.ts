import { defineOp, type OpDoc, type Sym, ZERO } from '../../engine/index.ts';
import { attrs3d } from './attributes.ts';
import { AvgPool3D } from './avg-pool-3d.ts';
import { inferPoolGrad, isPlain, type VolumeAttrs } from './geometry.ts';
import { areWhole, shareAsWhole, shareAverages } from './windows.ts';

export const AvgPool3DGrad = defineOp({
  name: 'AvgPool3DGrad',
  inputs: ['dy', 'input'],
  attrs: attrs3d,
  infer: ({ dy, input }, attrs) => [inferPoolGrad(dy, input, attrs)],
  lowering: [
    // the kernels divide by the size of the window, padding or not
    { kind: 'kernel', when: ({ input }, attrs) => isPlain(attrs) && areWhole(input.shape, attrs) },
    {
      kind: 'composite',
      expand: ({ dy, input }, attrs) =>
        isPlain(attrs) && !areWhole(input.shape, attrs)
          ? shareAsWhole(dy, input.shape, attrs, avgPool3dGrad)
          : shareAverages(dy, input.shape, attrs),
    },
  ],
  traits: { linear: ['dy'], routes: { dy: 'whole' } },
  gradient: { dy: (_inputs, { dy, attrs }) => AvgPool3D.node({ x: dy }, attrs), input: ZERO },
});

/** The cotangent of the input of an average pooling. Of the input it takes the shape only. @throws ShapeError, DTypeError */
export function avgPool3dGrad(dy: Sym, input: Sym, attrs: VolumeAttrs): Sym {
  return AvgPool3DGrad.node({ dy, input }, attrs);
}

export const doc: OpDoc = {
  summary: 'The gradient of the averages over the windows of a volume.',
  forward: 'z_j = \\sum_{i, k : \\, s i + d k - p = j} \\bar y_i / n_i',
  gradient: { dy: '\\frac{1}{n_i} \\sum_k \\bar z_{s i + d k - p}', input: 'zero' },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), section 3',
};
