import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { eye } from '../indexing/eye.ts';
import { type Sample, type SampleOptions, sample, uniform, values } from '../sample.ts';
import { qr } from './qr.ts';

const tfGradIsWrong = 'throws at a comparison';
/** Adds 3 I: near linear dependence, float32 is too imprecise for second derivatives. */
const row = (fullMatrices = false): SampleOptions => ({
  build: ({ x }) => qr(add(x!, mul(3, eye(x!.shape.at(-2) as number, x!.shape.at(-1) as number))), fullMatrices),
  reference: (tf, [x]) => tf.linalg.qr(conditioned(tf, x!), fullMatrices),
  tfGradIsWrong,
});
const conditioned = (tf: Tf, x: Tensor): Tensor => {
  const [m, n] = x.shape.slice(-2);
  return tf.add(x, tf.mul(3, tf.eye(m!, n)));
};
type Tf = Parameters<NonNullable<SampleOptions['reference']>>[0];
type Tensor = Parameters<NonNullable<SampleOptions['reference']>>[1][number];
/** tf.linalg.qr returns the factors of a batch with the shape of the batch. */
const batched = (fullMatrices = false): SampleOptions => ({
  ...row(fullMatrices),
  reference: (tf, [x]) => {
    const each = tf.unstack(conditioned(tf, x!)).map((matrix) => tf.linalg.qr(matrix, fullMatrices));
    return [tf.stack(each.map(([q]) => q)), tf.stack(each.map(([, r]) => r))];
  },
  tfjs: row(fullMatrices).reference!,
});
const dependent = values([
  [0, 0, 1],
  [0, 0, 2],
  [0, 0, -2],
]);
export const samples: readonly Sample[] = [
  sample({ x: uniform(['$b', 3, 3]) }, batched()),
  sample({ x: uniform(['$b', 4, 2]) }, { ...batched(), note: 'tall' }),
  sample({ x: uniform(['$b', 2, 3]) }, { ...batched(), note: 'wide' }),
  sample({ x: uniform([4, 4]) }, { ...row(), note: 'one matrix' }),
  sample({ x: uniform([3, 2]) }, { ...row(true), note: 'tall, all columns of Q' }),
  sample({ x: uniform(['$b', 3, 1]) }, { ...batched(true), note: 'a batch, all columns of Q' }),
  sample({ x: uniform([2, 3]) }, { ...row(true), note: 'wide, all columns of Q' }),
  sample({ x: uniform([1, 1]) }, { ...row(), note: 'one element' }),
  sample(
    { x: dependent },
    {
      build: ({ x }) => qr(x!),
      reference: (tf) => [
        tf.neg(tf.eye(3)),
        tf.tensor2d([
          [0, 0, -1],
          [0, 0, -2],
          [0, 0, 2],
        ]),
      ],
      tfjs: (tf, [x]) => tf.linalg.qr(x!),
      notDifferentiable: 'columns of zeros',
      note: 'columns of zeros, where tf.linalg.qr gives NaN',
    },
  ),
  sample(
    { x: uniform([0, 3, 2]) },
    {
      ...row(),
      reference: (tf, [x]) => [tf.clone(x!), tf.zeros([0, 2, 2])],
      tfjs: row().reference!,
      tfGradIsWrong: 'throws without elements',
      note: 'zero elements',
    },
  ),
];
