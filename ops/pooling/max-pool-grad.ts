import { defineOp, type OpDoc, type Sym, ZERO } from '../../engine/index.ts';
import { attrs2d } from './attributes.ts';
import { type ImageAttrs, inferPoolGrad, isPlain, withoutRounding } from './geometry.ts';
import { maxPoolGradGrad } from './max-pool-grad-grad.ts';
import { putAtMaxima } from './windows.ts';

export const MaxPoolGrad = defineOp({
  name: 'MaxPoolGrad',
  inputs: ['dy', 'input', 'output'],
  attrs: attrs2d,
  infer: ({ dy, input }, attrs) => [inferPoolGrad(dy, input, attrs)],
  lowering: [
    { kind: 'kernel', when: (_inputs, attrs) => isPlain(attrs) },
    {
      kind: 'composite',
      expand: ({ dy, input, output }, attrs) => {
        const same = withoutRounding(input.shape, attrs);
        return same === undefined ? putAtMaxima(dy, input, attrs) : maxPoolGrad(dy, input, output, same);
      },
    },
  ],
  traits: { linear: ['dy'], routes: { dy: 'whole' } },
  gradient: { dy: ({ input }, { dy, attrs }) => maxPoolGradGrad(dy, input, attrs), input: ZERO, output: ZERO },
});

/** The cotangent of the input of a maximum pooling, which gave `output`. @throws ShapeError, DTypeError */
export function maxPoolGrad(dy: Sym, input: Sym, output: Sym, attrs: ImageAttrs): Sym {
  return MaxPoolGrad.node({ dy, input, output }, attrs);
}

export const doc: OpDoc = {
  summary: 'The gradient of the maxima of the windows of an image.',
  forward: 'z_j = \\sum_{i : \\, s i + d k_i - p = j} \\bar y_i, \\; k_i \\text{ the first maximum of window } i',
  gradient: { dy: '\\bar z_{s i + d k_i - p}', input: 'zero', output: 'zero' },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), section 3',
};
