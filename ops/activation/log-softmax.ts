import { attr, defineComposite, type OpDoc, type Sym, type SymLike, sumAxes } from '../../engine/index.ts';
import { exp } from '../elementwise/exp.ts';
import { log } from '../elementwise/log.ts';
import { mul } from '../elementwise/multiply.ts';
import { sub } from '../elementwise/sub.ts';
import { float, inferUnary } from '../elementwise/unary.ts';
import { max } from '../reduction/max.ts';
import { alongAxis, requireLastAxis } from './last-axis.ts';

export const LogSoftmax = defineComposite({
  name: 'LogSoftmax',
  inputs: ['logits'],
  attrs: { axis: attr.int() },
  infer: ({ logits }, { axis }) => {
    requireLastAxis(logits, axis);
    return inferUnary(logits);
  },
  lowering: [
    { kind: 'kernel' },
    {
      kind: 'composite',
      expand: ({ logits }, { axis }) => {
        const shifted = sub(logits, max(logits, axis, true));
        return sub(shifted, log(sumAxes(exp(shifted), [axis], true)));
      },
    },
  ],
  gradient: { logits: (_inputs, { y, dy, attrs: { axis } }) => sub(dy, mul(sumAxes(dy, [axis], true), exp(y))) },
});

/** The logarithm of the softmax along an axis, by default the last, without underflow. @throws ShapeError */
export const logSoftmax = (logits: SymLike, axis = -1): Sym =>
  alongAxis(float(logits), axis, (x, last) => LogSoftmax.node({ logits: x }, { axis: last }));

export const doc: OpDoc = {
  summary: 'Logarithm of the softmax.',
  forward: 'y_i = x_i - \\ln \\sum_j e^{x_j}',
  gradient: { logits: '\\bar y - e^y \\odot \\sum_j \\bar y_j' },
  source: 'Introductory ML, eqs. (23)-(24)',
};
