import { map, type OpDoc, sample, uniform } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { sin } from '../elementwise/sin.ts';
import { matMul } from '../matrix/mat-mul.ts';

export { MapOp, map } from '../../engine/index.ts';

export const doc: OpDoc = {
  summary: 'A function over the leading axis; its results stacked, or summed.',
  forward: 'y_k = f(x_k, c)',
  gradient: {
    mapped: '\\bar y_k \\, \\partial f / \\partial x_k',
    captured: '\\sum_k \\bar y_k \\, \\partial f / \\partial c',
  },
  source: 'CSE473, sum rule (5.47) and chain rule (5.48)',
};
export const samples = () => [
  sample(
    { x: uniform([3, 2]) },
    {
      build: ({ x }) => map(x!, (row) => mul(row, sin(row))),
      tfjs: null,
      reference: (tf, [x]) => tf.mul(x!, tf.sin(x!)),
    },
  ),
  sample(
    { x: uniform(['$n', 2]), w: uniform([2]) },
    {
      build: ({ x, w }) => map(x!, (row) => mul(sin(row), mul(w!, w!))),
      tfjs: null,
      reference: (tf, [x, w]) => tf.mul(tf.sin(x!), tf.square(w!)),
      note: 'a captured value, and an unknown number of iterations',
    },
  ),
  sample(
    { a: uniform([3, 2, 4]), b: uniform([3, 4, 2]) },
    {
      build: ({ a, b }) => map([a!, b!], (p, q) => matMul(p, q)),
      tfjs: null,
      reference: (tf, [a, b]) => tf.matMul(a!, b!),
      note: 'two mapped values',
    },
  ),
];
