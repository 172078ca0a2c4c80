import { defineOp, type OpDoc, reshape, type Sym, type SymLike } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { pow } from '../elementwise/pow.ts';
import { float } from '../elementwise/unary.ts';
import { inferLrn, lrnAttrs, normOf } from './channel-window.ts';
import { lrnGrad } from './lrn-grad.ts';

export const LRN = defineOp({
  name: 'LRN',
  inputs: ['x'],
  attrs: lrnAttrs,
  infer: ({ x }, { depthRadius }) => [inferLrn(x, depthRadius)],
  lowering: [
    { kind: 'kernel' },
    { kind: 'composite', expand: ({ x }, attrs) => mul(x, pow(normOf(x, attrs), -attrs.beta)) },
  ],
  gradient: { x: ({ x }, { y, dy, attrs }) => lrnGrad(x, y, dy, attrs) },
});

/**
 * x / (bias + alpha s)^beta, where s is the sum of squares over the channels that are at most `depthRadius` away. x is one image or a
 * batch.
 * @throws ShapeError, DTypeError, AttributeError
 */
export function localResponseNormalization(x: SymLike, depthRadius = 5, bias = 1, alpha = 1, beta = 0.5): Sym {
  const sym = float(x);
  const attrs = { depthRadius, bias, alpha, beta };
  if (sym.rank !== 3) return LRN.node({ x: sym }, attrs);
  return reshape(LRN.node({ x: reshape(sym, [1, ...sym.shape]) }, attrs), sym.shape);
}

export const doc: OpDoc = {
  summary: 'Normalization by the sum of squares over neighbouring channels.',
  forward: 'y_c = x_c n_c^{-\\beta}, \\; n_c = b + \\alpha \\sum_{|i - c| \\le r} x_i^2',
  gradient: {
    x: '\\bar y_c n_c^{-\\beta} - 2 \\alpha \\beta x_c \\sum_{|i - c| \\le r} \\bar y_i y_i / n_i',
  },
  source:
    'Krizhevsky, Sutskever and Hinton, "ImageNet classification with deep convolutional neural networks" (2012), section 3.3',
};
