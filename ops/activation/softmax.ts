import { attr, defineOp, type OpDoc, type Sym, type SymLike, sumAxes } from '../../engine/index.ts';
import { div } from '../elementwise/div.ts';
import { exp } from '../elementwise/exp.ts';
import { mul } from '../elementwise/multiply.ts';
import { sub } from '../elementwise/sub.ts';
import { float, inferUnary } from '../elementwise/unary.ts';
import { max } from '../reduction/max.ts';
import { alongAxis, requireLastAxis } from './last-axis.ts';

export const Softmax = defineOp({
  name: 'Softmax',
  inputs: ['logits'],
  attrs: { dim: attr.int() },
  infer: ({ logits }, { dim }) => {
    requireLastAxis(logits, dim);
    return inferUnary(logits);
  },
  lowering: [
    { kind: 'kernel' },
    {
      kind: 'composite',
      expand: ({ logits }, { dim }) => {
        const e = exp(sub(logits, max(logits, dim, true)));
        return div(e, sumAxes(e, [dim], true));
      },
    },
  ],
  gradient: { logits: (_inputs, { y, dy, attrs: { dim } }) => mul(sub(dy, sumAxes(mul(dy, y), [dim], true)), y) },
});

/** e^x divided by its sum along an axis, by default the last. @throws ShapeError */
export const softmax = (logits: SymLike, dim = -1): Sym =>
  alongAxis(float(logits), dim, (x, last) => Softmax.node({ logits: x }, { dim: last }));

export const doc: OpDoc = {
  summary: 'Exponentials that sum to 1.',
  forward: 'y_i = e^{x_i} / \\sum_j e^{x_j}',
  gradient: { logits: '(\\bar y - \\sum_j \\bar y_j y_j) \\odot y' },
  source: 'Introductory ML, eqs. (23)-(24)',
};
