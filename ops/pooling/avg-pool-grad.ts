import { defineOp, type OpDoc, type Sym, ZERO } from '../../engine/index.ts';
import { attrs2d } from './attributes.ts';
import { AvgPool } from './avg-pool.ts';
import { type ImageAttrs, inferPoolGrad, isPlain, withoutRounding } from './geometry.ts';
import { areWhole, shareAsWhole, shareAverages } from './windows.ts';

export const AvgPoolGrad = defineOp({
  name: 'AvgPoolGrad',
  inputs: ['dy', 'input'],
  attrs: attrs2d,
  infer: ({ dy, input }, attrs) => [inferPoolGrad(dy, input, attrs)],
  lowering: [
    // the kernels divide by the size of the window, padding or not
    { kind: 'kernel', when: ({ input }, attrs) => isPlain(attrs) && areWhole(input.shape, attrs) },
    {
      kind: 'composite',
      expand: ({ dy, input }, attrs) => {
        const same = withoutRounding(input.shape, attrs) ?? attrs;
        return isPlain(same) && !areWhole(input.shape, same)
          ? shareAsWhole(dy, input.shape, same, avgPoolGrad)
          : shareAverages(dy, input.shape, attrs);
      },
    },
  ],
  traits: { linear: ['dy'], routes: { dy: 'whole' } },
  gradient: { dy: (_inputs, { dy, attrs }) => AvgPool.node({ x: dy }, attrs), input: ZERO },
});

/** The cotangent of the input of an average pooling. Of the input it takes the shape only. @throws ShapeError, DTypeError */
export function avgPoolGrad(dy: Sym, input: Sym, attrs: ImageAttrs): Sym {
  return AvgPoolGrad.node({ dy, input }, attrs);
}

export const doc: OpDoc = {
  summary: 'The gradient of the averages over the windows of an image.',
  forward: 'z_j = \\sum_{i, k : \\, s i + d k - p = j} \\bar y_i / n_i',
  gradient: { dy: '\\frac{1}{n_i} \\sum_k \\bar z_{s i + d k - p}', input: 'zero' },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), section 3',
};
