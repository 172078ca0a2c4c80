import { defineComposite, type OpDoc, type Sym, sample, uniform } from '../../engine/index.ts';
import { div } from '../elementwise/div.ts';
import { mul } from '../elementwise/multiply.ts';
import { pow } from '../elementwise/pow.ts';
import { sub } from '../elementwise/sub.ts';
import { inferUnary } from '../elementwise/unary.ts';
import { requireSameShape } from '../shape/axis.ts';
import { inferLrn, type LrnAttrs, lrnAttrs, normOf, sumNeighbours } from './channel-window.ts';
import { localResponseNormalization } from './lrn.ts';

/** Without a gradient of its own: it is differentiated as what it is made of. */
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

/** The cotangent of the input of a local response normalization, which gave `y`. @throws ShapeError, DTypeError */
export function lrnGrad(x: Sym, y: Sym, dy: Sym, attrs: LrnAttrs): Sym {
  return LRNGrad.node({ x, y, dy }, attrs);
}

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
const tfGradIsWrong = 'it has none';
export const samples = () => [
  sample(
    { x: uniform(['$n', 1, 2, 5]), y: uniform(['$n', 1, 2, 5]), dy: uniform(['$n', 1, 2, 5]) },
    { attrs: { depthRadius: 1, bias: 1.5, alpha: 0.7, beta: 0.75 }, tfGradIsWrong },
  ),
  sample(
    { x: uniform([1, 2, 1, 4]), y: uniform([1, 2, 1, 4]), dy: uniform([1, 2, 1, 4]) },
    { attrs: { depthRadius: 7 }, tfGradIsWrong, note: 'over all channels' },
  ),
  sample(
    { x: uniform([1, 1, 2, 4]), y: uniform([1, 1, 2, 4]), dy: uniform([1, 1, 2, 4]) },
    { attrs: { depthRadius: 1, beta: 1 }, tfGradIsWrong, note: 'a power that is an integer' },
  ),
  sample(
    { x: uniform([0, 1, 2, 3]), y: uniform([0, 1, 2, 3]), dy: uniform([0, 1, 2, 3]) },
    { tfGradIsWrong, note: 'zero elements' },
  ),
  sample(
    { x: uniform(['$n', 1, 1, 3]), dy: uniform(['$n', 1, 1, 3]) },
    {
      tfjs: (tf, [x, dy]) => {
        const attrs = { depthRadius: 1, bias: 1, alpha: 0.5, beta: 0.6 };
        const y = tf.localResponseNormalization(x as never, 1, 1, 0.5, 0.6);
        return tf.engine().runKernel('LRNGrad', { x: x!, y, dy: dy! }, attrs) as typeof y;
      },
      build: ({ x, dy }) => {
        const attrs = { depthRadius: 1, bias: 1, alpha: 0.5, beta: 0.6 };
        return lrnGrad(x!, localResponseNormalization(x!, 1, 1, 0.5, 0.6), dy!, attrs);
      },
      reference: (tf, [x, dy]) => tf.grad((v) => tf.localResponseNormalization(v as never, 1, 1, 0.5, 0.6))(x!, dy!),
      tfGradIsWrong,
      note: 'of what was normalized',
    },
  ),
];
