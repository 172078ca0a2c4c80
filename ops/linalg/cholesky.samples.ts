import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { eye } from '../indexing/eye.ts';
import { matMul } from '../matrix/mat-mul.ts';
import { type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { cholesky } from './cholesky.ts';

/** The factor of x x^T + I. */
const row = (n: number): SampleOptions => ({
  build: ({ x }) => cholesky(add(matMul(x!, x!, false, true), eye(n))),
  tfjs: null,
  note: 'of x x^T + I',
});
export const samples: readonly Sample[] = [
  sample(
    { x: uniform(['$b', 2, 2]) },
    {
      ...row(2),
      reference: (tf, [x]) => {
        const a = tf.add(tf.matMul(x!, x!, false, true), tf.eye(2));
        const [a11, , a21, a22] = tf.unstack(tf.reshape(a, [-1, 4]), 1);
        const l11 = tf.sqrt(a11!);
        const l21 = tf.div(a21!, l11);
        const l22 = tf.sqrt(tf.sub(a22!, tf.square(l21)));
        return tf.reshape(tf.stack([l11, tf.zerosLike(l11), l21, l22], 1), [-1, 2, 2]);
      },
    },
  ),
  sample(
    { x: uniform([3, 4]) },
    {
      ...row(3),
      reference: (tf, [x]) => {
        // the R of [x, I]^T = Q R, with a positive diagonal
        const [, r] = tf.linalg.qr(tf.transpose(tf.concat([x!, tf.eye(3)], 1)));
        return tf.transpose(tf.mul(r, tf.expandDims(tf.sign(tf.sum(tf.mul(r, tf.eye(3)), 1)), 1)));
      },
    },
  ),
  sample(
    { input: uniform(['$b', 3, 3]) },
    {
      build: ({ input }) => cholesky(add(mul(0.3, input!), eye(3))),
      reference: null,
      note: 'matrices that are not symmetric: the upper triangle is not read',
    },
  ),
  sample(
    { x: uniform([1, 2, 1, 1]) },
    { ...row(1), reference: (tf, [x]) => tf.sqrt(tf.add(tf.square(x!), 1)), note: 'one element' },
  ),
  sample(
    { x: uniform([0, 2, 2]) },
    { build: ({ x }) => cholesky(x!), tfjs: null, reference: (tf, [x]) => tf.clone(x!), note: 'zero elements' },
  ),
];
