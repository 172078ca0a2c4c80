import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { eye } from '../indexing/eye.ts';
import { type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { inverseOf } from './reference.samples.ts';
import { triangularSolve } from './triangular-solve.ts';

/** Both triangles are drawn, and only one is read; the diagonal is near 2. */
const row = (lower: boolean, adjoint: boolean, n = 3): SampleOptions => ({
  build: ({ matrix, rhs }) => triangularSolve(add(matrix!, mul(2, eye(n))), rhs!, lower, adjoint),
  tfjs: null,
  reference: (tf, [matrix, rhs]) => {
    const order = tf.range(0, n);
    const [i, j] = [tf.expandDims(order, 1), order];
    const mask = tf.cast(lower ? tf.greaterEqual(i, j) : tf.lessEqual(i, j), 'float32');
    const inverse = inverseOf(tf, tf.mul(mask, tf.add(matrix!, tf.mul(2, tf.eye(n)))));
    // tf.matMul confuses batches of [2, 1] and [1, 3]
    const batch = tf.broadcast_util.assertAndGetBroadcastShape(inverse.shape.slice(0, -2), rhs!.shape.slice(0, -2));
    const [a, b] = [inverse, rhs!].map((t) => tf.broadcastTo(t, [...batch, ...t.shape.slice(-2)]));
    return tf.matMul(a!, b!, adjoint, false);
  },
});
export const samples: readonly Sample[] = [
  ...[true, false].flatMap((lower) =>
    [false, true].map((adjoint) =>
      sample({ matrix: uniform(['$b', 3, 3]), rhs: uniform(['$b', 3, 2]) }, row(lower, adjoint)),
    ),
  ),
  sample({ matrix: uniform([4, 4]), rhs: uniform([4, '$k']) }, { ...row(true, false, 4), note: 'unknown columns' }),
  sample({ matrix: uniform([1, 1]), rhs: uniform([1, 2]) }, { ...row(false, true, 1), note: 'one row' }),
  sample(
    { matrix: uniform([3, 3]), rhs: uniform(['$b', 3, 2]) },
    { ...row(true, false), note: 'one matrix for a batch' },
  ),
  sample(
    { matrix: uniform([2, 1, 2, 2]), rhs: uniform([1, 3, 2, '$k']) },
    { ...row(false, false, 2), note: 'both broadcast' },
  ),
  sample(
    { matrix: uniform([2, 2]), rhs: uniform([2, 0]) },
    {
      ...row(true, false, 2),
      reference: (tf) => tf.zeros([2, 0]),
      note: 'zero elements',
    },
  ),
];
