import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { eye } from '../indexing/eye.ts';
import { type Sample, type SampleOptions, sample, uniform, values } from '../sample.ts';
import { inv } from './inv.ts';
import { inverseOf } from './reference.samples.ts';

const row = (n: number): SampleOptions => ({
  build: ({ x }) => inv(add(x!, mul(2, eye(n)))),
  tfjs: null,
  reference: (tf, [x]) => inverseOf(tf, tf.add(x!, tf.mul(2, tf.eye(n)))),
});
export const samples: readonly Sample[] = [
  sample({ x: uniform(['$b', 3, 3]) }, row(3)),
  sample({ x: uniform([4, 4]) }, { ...row(4), note: 'one matrix' }),
  sample({ x: uniform([1, 1]) }, { ...row(1), note: 'one element' }),
  sample(
    {
      input: values([
        [0, 0.5, 0],
        [0, 0, 2],
        [-1, 0, 0],
      ]),
    },
    { tfjs: null, reference: (tf, [x]) => inverseOf(tf, x!), note: 'a permutation of the rows of a diagonal matrix' },
  ),
  sample({ x: uniform([0, 2, 2]) }, { ...row(2), reference: (tf, [x]) => tf.clone(x!), note: 'zero elements' }),
];
