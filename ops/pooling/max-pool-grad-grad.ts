import { defineComposite, type OpDoc, type Sym, ZERO } from '../../engine/index.ts';
import { attrs2d } from './attributes.ts';
import { type ImageAttrs, inferPoolGradGrad } from './geometry.ts';
import { MaxPool } from './max-pool.ts';
import { maxPoolGrad } from './max-pool-grad.ts';
import { takeAtMaxima } from './windows.ts';

export const MaxPoolGradGrad = defineComposite({
  name: 'MaxPoolGradGrad',
  inputs: ['dy', 'input'],
  attrs: attrs2d,
  infer: ({ dy, input }, attrs) => [inferPoolGradGrad(dy, input, attrs)],
  lowering: [{ kind: 'composite', expand: ({ dy, input }, attrs) => takeAtMaxima(dy, input, attrs) }],
  traits: { linear: ['dy'], routes: { dy: 'part' } },
  gradient: {
    dy: ({ input }, { dy, attrs }) => maxPoolGrad(dy, input, MaxPool.node({ x: input }, attrs), attrs),
    input: ZERO,
  },
});

/** What `dy` has where the windows of `input` have their first maximum: the adjoint of maxPoolGrad. @throws ShapeError, DTypeError */
export function maxPoolGradGrad(dy: Sym, input: Sym, attrs: ImageAttrs): Sym {
  return MaxPoolGradGrad.node({ dy, input }, attrs);
}

export const doc: OpDoc = {
  summary: 'What a value has where the windows of an image have their maxima.',
  forward: 'z_i = \\bar y_{s i + d k_i - p}, \\; k_i \\text{ the first maximum of window } i',
  gradient: { dy: '\\sum_{i : \\, s i + d k_i - p = j} \\bar z_i', input: 'zero' },
  source: 'named as in TensorFlow; the adjoint of maxPoolGrad',
};
