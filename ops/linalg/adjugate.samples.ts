import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { eye } from '../indexing/eye.ts';
import { type Sample, type SampleOptions, sample, uniform, values } from '../sample.ts';
import { adjugate } from './adjugate.ts';
import { determinantOf, inverseOf } from './reference.samples.ts';

const row = (n: number): SampleOptions => ({
  build: ({ x }) => adjugate(add(x!, mul(2, eye(n)))),
  tfjs: null,
  reference: (tf, [x]) => {
    const a = tf.add(x!, tf.mul(2, tf.eye(n)));
    return tf.mul(inverseOf(tf, a), tf.reshape(determinantOf(tf, a), [...a.shape.slice(0, -2), 1, 1]));
  },
});
export const samples: readonly Sample[] = [
  sample({ x: uniform(['$b', 3, 3]) }, row(3)),
  sample({ x: uniform([4, 4]) }, { ...row(4), note: 'one matrix' }),
  sample({ x: uniform([2, 1, 1]) }, { ...row(1), note: 'one element: 1' }),
  sample(
    {
      input: values([
        [1, 2, 3],
        [2, 4, 6],
        [1, 0, 5],
      ]),
    },
    {
      tfjs: null,
      reference: (tf) =>
        tf.tensor([
          [20, -10, 0],
          [-4, 2, 0],
          [-4, 2, 0],
        ]),
      notDifferentiable: 'singular',
      note: 'a singular matrix',
    },
  ),
  sample({ x: uniform([0, 2, 2]) }, { ...row(2), reference: (tf, [x]) => tf.clone(x!), note: 'zero elements' }),
];
