import { type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { lstsq } from './lstsq.ts';
import { inverseOf } from './reference.samples.ts';

/** A row whose reference uses the normal equations. */
const row = (l2Regularizer: number, wide = false): SampleOptions => ({
  build: ({ matrix, rhs }) => lstsq(matrix!, rhs!, l2Regularizer),
  tfjs: null,
  reference: (tf, [a, b]) => {
    if (wide) return tf.matMul(a!, tf.matMul(inverseOf(tf, tf.matMul(a!, a!, false, true)), b!), true, false);
    const normal = tf.add(tf.matMul(a!, a!, true, false), tf.mul(l2Regularizer, tf.eye(a!.shape.at(-1)!)));
    return tf.matMul(inverseOf(tf, normal), tf.matMul(a!, b!, true, false));
  },
});
export const samples: readonly Sample[] = [
  sample({ matrix: uniform(['$b', 4, 2]), rhs: uniform(['$b', 4, 1]) }, row(0)),
  sample({ matrix: uniform([2, 4]), rhs: uniform([2, '$k']) }, { ...row(0, true), note: 'wide: the shortest' }),
  sample({ matrix: uniform([3, 3]), rhs: uniform([3, 1]) }, { ...row(0.5), note: 'with a penalty' }),
  sample({ matrix: uniform(['$b', 2, 3]), rhs: uniform(['$b', 2, 1]) }, { ...row(0.5), note: 'wide, with a penalty' }),
];
