import { defineComposite, type OpDoc, type Sym, ZERO } from '../../engine/index.ts';
import { attrs3d } from './attributes.ts';
import { inferPoolGradGrad, type VolumeAttrs } from './geometry.ts';
import { MaxPool3D } from './max-pool-3d.ts';
import { maxPool3dGrad } from './max-pool-3d-grad.ts';
import { takeAtMaxima } from './windows.ts';

export const MaxPool3DGradGrad = defineComposite({
  name: 'MaxPool3DGradGrad',
  inputs: ['dy', 'input'],
  attrs: attrs3d,
  infer: ({ dy, input }, attrs) => [inferPoolGradGrad(dy, input, attrs)],
  lowering: [{ kind: 'composite', expand: ({ dy, input }, attrs) => takeAtMaxima(dy, input, attrs) }],
  traits: { linear: ['dy'], routes: { dy: 'part' } },
  gradient: {
    dy: ({ input }, { dy, attrs }) => maxPool3dGrad(dy, input, MaxPool3D.node({ x: input }, attrs), attrs),
    input: ZERO,
  },
});

/** What `dy` has where the windows of `input` have their first maximum: the adjoint of maxPool3dGrad. @throws ShapeError, DTypeError */
export function maxPool3dGradGrad(dy: Sym, input: Sym, attrs: VolumeAttrs): Sym {
  return MaxPool3DGradGrad.node({ dy, input }, attrs);
}

export const doc: OpDoc = {
  summary: 'What a value has where the windows of a volume have their maxima.',
  forward: 'z_i = \\bar y_{s i + d k_i - p}, \\; k_i \\text{ the first maximum of window } i',
  gradient: { dy: '\\sum_{i : \\, s i + d k_i - p = j} \\bar z_i', input: 'zero' },
  source: 'named as in TensorFlow; the adjoint of maxPool3dGrad',
};
