import { type Sample, type SampleOptions, sample, uniform, values } from '../sample.ts';
import { determinantOf } from './reference.samples.ts';

const row: SampleOptions = {
  attrs: {},
  tfjs: null,
  reference: (tf, [x]) => {
    const d = determinantOf(tf, x!);
    return [tf.sign(d), tf.log(tf.abs(d))];
  },
};
export const samples: readonly Sample[] = [
  sample({ input: uniform(['$b', 3, 3]) }, row),
  sample({ input: uniform([4, 4]) }, { ...row, note: 'one matrix' }),
  sample(
    {
      input: values([
        [0, -2e-20],
        [3e-20, 1e-20],
      ]),
    },
    {
      ...row,
      reference: (tf) => [tf.scalar(1), tf.scalar(Math.log(6e-40))],
      notDifferentiable: 'a gradient of 1e20',
      note: 'where the determinant is 0',
    },
  ),
  sample(
    {
      input: values([
        [1, 2],
        [2, 4],
      ]),
    },
    { ...row, notDifferentiable: 'singular', note: 'a singular matrix' },
  ),
  sample(
    { input: uniform([0, 2, 2]) },
    { ...row, reference: (tf, [x]) => [tf.sum(x!, [1, 2]), tf.sum(x!, [1, 2])], note: 'zero elements' },
  ),
];
