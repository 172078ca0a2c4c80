import { map } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { sin } from '../elementwise/sin.ts';
import { matMul } from '../matrix/mat-mul.ts';
import { type Sample, sample, uniform } from '../sample.ts';

export const samples: readonly Sample[] = [
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
