import { add } from '../elementwise/add.ts';
import { eye } from '../indexing/eye.ts';
import { matMul } from '../matrix/mat-mul.ts';
import { type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { logdet } from './logdet.ts';
import { determinantOf } from './reference.samples.ts';

const row = (n: number): SampleOptions => ({
  build: ({ x }) => logdet(add(matMul(x!, x!, false, true), eye(n))),
  tfjs: null,
  reference: (tf, [x]) => tf.log(determinantOf(tf, tf.add(tf.matMul(x!, x!, false, true), tf.eye(n)))),
});
export const samples: readonly Sample[] = [
  sample({ x: uniform(['$b', 3, 2]) }, row(3)),
  sample({ x: uniform([4, 4]) }, { ...row(4), note: 'one matrix' }),
];
