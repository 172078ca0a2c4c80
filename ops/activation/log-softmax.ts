import {
  attr,
  defineComposite,
  type OpDoc,
  type SampleOptions,
  type Sym,
  type SymLike,
  sample,
  sumAxes,
  uniform,
  values,
} from '../../engine/index.ts';
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

/** Logarithms of the softmax along an axis, the last by default, without underflow. @throws ShapeError */
export function logSoftmax(logits: SymLike, axis = -1): Sym {
  return alongAxis(float(logits), axis, (x, last) => LogSoftmax.node({ logits: x }, { axis: last }));
}

export const doc: OpDoc = {
  summary: 'Logarithm of the softmax.',
  forward: 'y_i = x_i - \\ln \\sum_j e^{x_j}',
  gradient: { logits: '\\bar y - e^y \\odot \\sum_j \\bar y_j' },
  source: 'Introductory ML, eqs. (23)-(24)',
};
const reference: SampleOptions['reference'] = (tf, [x]) => tf.logSoftmax(x!);
export const samples = () => [
  sample({ logits: uniform(['$n', 4], -2, 2) }, { attrs: { axis: 1 }, reference }),
  sample({ logits: uniform([5], -2, 2) }, { attrs: { axis: 0 }, reference }),
  sample({ logits: uniform([2, '$n', 3], -2, 2) }, { attrs: { axis: 2 }, reference }),
  sample({ logits: uniform([3, 1], -2, 2) }, { attrs: { axis: 1 }, reference, note: 'one class' }),
  sample({ logits: uniform([0, 3]) }, { attrs: { axis: 1 }, reference, note: 'zero elements' }),
  sample(
    {
      logits: values([
        [100, 0, -100],
        [-1000, -1000, -1000],
      ]),
    },
    { attrs: { axis: 1 }, reference, note: 'saturated, and far from 0' },
  ),
  sample(
    { logits: uniform(['$n', 3, 2], -2, 2) },
    {
      build: ({ logits }) => logSoftmax(logits!, 1),
      reference: (tf, [x]) => tf.transpose(tf.logSoftmax(tf.transpose(x!, [0, 2, 1])), [0, 2, 1]),
      tfjs: (tf, [x]) => tf.logSoftmax(x!, 1),
      tfGradIsWrong: 'throws for an axis that is not the last, as the value does',
      note: 'another axis',
    },
  ),
];
