import type { SampleOptions } from '../sample.ts';

type Reference = NonNullable<SampleOptions['reference']>;
type Tf = Parameters<Reference>[0];
type Tensor = Parameters<Reference>[1][number];

const transposed = (tf: Tf, a: Tensor): Tensor =>
  tf.transpose(a, [...a.shape.slice(2).map((_, i) => i), a.rank - 1, a.rank - 2]);

/** The inverse, by Newton's iteration X <- X (2 I - A X). */
export function inverseOf(tf: Tf, a: Tensor): Tensor {
  const unit = tf.zerosLike(a).add(tf.eye(a.shape.at(-1)!));
  let x = tf.div(transposed(tf, a), tf.sum(tf.square(a), [a.rank - 2, a.rank - 1], true));
  for (let i = 0; i < 30; i++) x = tf.matMul(x, tf.sub(tf.mul(2, unit), tf.matMul(a, x)));
  return x;
}

/** The determinant, by the recursion of Faddeev and LeVerrier for the characteristic polynomial. */
export function determinantOf(tf: Tf, a: Tensor): Tensor {
  const n = a.shape.at(-1)!;
  const unit = tf.zerosLike(a).add(tf.eye(n));
  const axes = [a.rank - 2, a.rank - 1];
  let m: Tensor = tf.zerosLike(a);
  let c: Tensor = tf.ones([...a.shape.slice(0, -2), 1, 1]);
  for (let k = 1; k <= n; k++) {
    m = tf.add(tf.matMul(a, m), tf.mul(c, unit));
    c = tf.div(tf.sum(tf.mul(tf.matMul(a, m), unit), axes, true), -k);
  }
  return tf.mul(n % 2 === 0 ? 1 : -1, tf.reshape(c, a.shape.slice(0, -2)));
}
