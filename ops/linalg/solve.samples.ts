import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { eye } from '../indexing/eye.ts';
import { type Sample, type SampleOptions, sample, uniform, values } from '../sample.ts';
import { inverseOf } from './reference.samples.ts';
import { solve } from './solve.ts';

const row = (adjoint: boolean, n: number): SampleOptions => ({
  build: ({ matrix, rhs }) => solve(add(matrix!, mul(2, eye(n))), rhs!, adjoint),
  tfjs: null,
  reference: (tf, [matrix, rhs]) =>
    tf.matMul(inverseOf(tf, tf.add(matrix!, tf.mul(2, tf.eye(n)))), rhs!, adjoint, false),
});
export const samples: readonly Sample[] = [
  sample({ matrix: uniform(['$b', 3, 3]), rhs: uniform(['$b', 3, 2]) }, row(false, 3)),
  sample({ matrix: uniform(['$b', 3, 3]), rhs: uniform(['$b', 3, 2]) }, row(true, 3)),
  sample({ matrix: uniform([4, 4]), rhs: uniform([4, '$k']) }, { ...row(false, 4), note: 'unknown columns' }),
  sample({ matrix: uniform([2, 2]), rhs: uniform(['$b', 2, 1]) }, { ...row(false, 2), note: 'one matrix for a batch' }),
  sample(
    {
      matrix: values([
        [0, 2, 0],
        [1e-6, 1, 3],
        [4, 0, 1],
      ]),
      rhs: uniform([3, 2]),
    },
    {
      attrs: {},
      tfjs: null,
      reference: (tf, [matrix, rhs]) => tf.matMul(inverseOf(tf, matrix!), rhs!),
      note: 'zeros, and nearly zeros, where pivots would be',
    },
  ),
  sample(
    { matrix: uniform([0, 2, 2]), rhs: uniform([0, 2, 1]) },
    {
      attrs: {},
      tfjs: null,
      reference: (tf, [_, rhs]) => tf.clone(rhs!),
      note: 'zero elements',
    },
  ),
];
