import { defineComposite, type OpDoc, type Sym } from '../../engine/index.ts';
import { div } from '../elementwise/div.ts';
import { mul } from '../elementwise/multiply.ts';
import { pow } from '../elementwise/pow.ts';
import { sub } from '../elementwise/sub.ts';
import { inferUnary } from '../elementwise/unary.ts';
import { requireSameShape } from '../shape/axis.ts';
import { inferLrn, type LrnAttrs, lrnAttrs, normOf, sumNeighbours } from './channel-window.ts';

/** Has no gradient rule: its composite is differentiated. */
export const LRNGrad = defineComposite({
  name: 'LRNGrad',
  inputs: ['x', 'y', 'dy'],
  attrs: lrnAttrs,
  infer: ({ x, y, dy }, { depthRadius }) => {
    for (const other of [y, dy]) requireSameShape(inferUnary(other)[0]!.shape, x.shape, 'what was normalized and x');
    return [inferLrn(x, depthRadius)];
  },
  lowering: [
    { kind: 'kernel' },
    {
      kind: 'composite',
      expand: ({ x, y, dy }, attrs) => {
        const norm = normOf(x, attrs);
        const others = sumNeighbours(div(mul(dy, y), norm), attrs.depthRadius);
        return sub(mul(dy, pow(norm, -attrs.beta)), mul(2 * attrs.alpha * attrs.beta, mul(x, others)));
      },
    },
  ],
  traits: { linear: ['dy'] },
});

/** The cotangent of the input of a local response normalization, whose output is `y`. @throws ShapeError, DTypeError */
export const lrnGrad = (x: Sym, y: Sym, dy: Sym, attrs: LrnAttrs): Sym => LRNGrad.node({ x, y, dy }, attrs);

export const doc: OpDoc = {
  summary: 'The gradient of local response normalization.',
  forward: 'z_c = \\bar y_c n_c^{-\\beta} - 2 \\alpha \\beta x_c \\sum_{|i - c| \\le r} \\bar y_i y_i / n_i',
  gradient: {
    x: '\\text{of the formula}',
    y: '-2 \\alpha \\beta \\frac{\\bar y_c}{n_c} \\sum_{|i - c| \\le r} \\bar z_i x_i',
    dy: '\\bar z_c n_c^{-\\beta} - 2 \\alpha \\beta \\frac{y_c}{n_c} \\sum_{|i - c| \\le r} \\bar z_i x_i',
  },
  source: 'the chain rule for LRN',
};
