import { matMul } from '../matrix/mat-mul.ts';
import { type Sample, type SampleOptions, sample, uniform, values } from '../sample.ts';
import { lu } from './lu.ts';
import { unitLower, upperPart } from './matrices.ts';
import { permutationMatrix } from './permutation.ts';

/** The factors of a matrix with 3 rows whose pivots are rows 1, 2, 0. */
const reference: SampleOptions['reference'] = (tf, [x]) => {
  const a = tf.gather(x!, tf.tensor1d([1, 2, 0], 'int32'), -2);
  const at = (m: typeof a, i: number, j: number): typeof a =>
    tf.slice(m, [...m.shape.slice(2).map(() => 0), i, j], [...m.shape.slice(2).map(() => -1), 1, 1]);
  const [a11, a12, a13] = [at(a, 0, 0), at(a, 0, 1), at(a, 0, 2)];
  const [l21, l31] = [tf.div(at(a, 1, 0), a11), tf.div(at(a, 2, 0), a11)];
  const [u22, u23] = [tf.sub(at(a, 1, 1), tf.mul(l21, a12)), tf.sub(at(a, 1, 2), tf.mul(l21, a13))];
  const l32 = tf.div(tf.sub(at(a, 2, 1), tf.mul(l31, a12)), u22);
  const u33 = tf.sub(tf.sub(at(a, 2, 2), tf.mul(l31, a13)), tf.mul(l32, u23));
  const rows = [
    [a11, a12, a13],
    [l21, u22, u23],
    [l31, l32, u33],
  ].map((row) => tf.concat(row, -1));
  return [tf.concat(rows, -2), tf.tensor1d([1, 2, 0], 'int32')];
};
export const samples: readonly Sample[] = [
  sample(
    {
      x: values([
        [0, 1, 2],
        [4, -1, 1],
        [-2, 3, 1],
      ]),
    },
    { build: ({ x }) => lu(x!), reference, tfjs: null, note: 'a zero where the first pivot would be' },
  ),
  sample(
    { x: uniform(['$b', 3, 3]) },
    {
      build: ({ x }) => {
        const [factors, p] = lu(x!);
        return matMul(permutationMatrix(p), matMul(unitLower(factors), upperPart(factors)), true, false);
      },
      tfjs: null,
      reference: (tf, [x]) => tf.clone(x!),
      note: 'P^T L U is the matrix',
    },
  ),
  sample(
    { x: uniform([2, 1, 2, 2]) },
    {
      build: ({ x }) => lu(x!)[0],
      tfjs: null,
      reference: (tf, [x]) => {
        const flat = tf.reshape(x!, [2, 2, 2]);
        const [top, bottom] = tf.unstack(flat, 1);
        const first = (row: typeof flat): typeof flat => tf.slice(row, [0, 0], [2, 1]);
        const swaps = tf.less(tf.abs(first(top!)), tf.abs(first(bottom!)));
        const [r1, r2] = [tf.where(swaps, bottom!, top!), tf.where(swaps, top!, bottom!)];
        const l = tf.div(first(r2), first(r1));
        const u22 = tf.sub(tf.slice(r2, [0, 1], [2, 1]), tf.mul(l, tf.slice(r1, [0, 1], [2, 1])));
        return tf.reshape(tf.stack([r1, tf.concat([l, u22], 1)], 1), [2, 1, 2, 2]);
      },
      note: 'two batch dims',
    },
  ),
  sample(
    {
      x: values([
        [1, 2, 3],
        [2, 4, 6],
        [1, 0, 5],
      ]),
    },
    {
      build: ({ x }) => lu(x!)[0],
      tfjs: null,
      reference: (tf) =>
        tf.tensor([
          [2, 4, 6],
          [0.5, -2, 2],
          [0.5, -0, 0],
        ]),
      notDifferentiable: 'singular',
      note: 'a singular matrix',
    },
  ),
];
