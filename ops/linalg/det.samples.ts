import { type Sample, type SampleOptions, sample, uniform, values } from '../sample.ts';
import { determinantOf } from './reference.samples.ts';

const row: SampleOptions = { attrs: {}, tfjs: null, reference: (tf, [x]) => determinantOf(tf, x!) };
export const samples: readonly Sample[] = [
  sample({ input: uniform(['$b', 3, 3]) }, row),
  sample({ input: uniform(['$b', 2, 2]) }, row),
  sample({ input: uniform([5, 5]) }, { ...row, note: 'one matrix' }),
  sample({ input: uniform([2, 3, 1, 1]) }, { ...row, note: 'one element' }),
  sample(
    {
      input: values([
        [0, 0, 0, 3],
        [2, 0, 0, 0],
        [0, 0, 4, 0],
        [0, 1, 0, 0],
      ]),
    },
    { ...row, note: 'a permutation of the rows of a diagonal matrix' },
  ),
  sample(
    {
      input: values([
        [1, 2, 3],
        [2, 4, 6],
        [1, 0, 5],
      ]),
    },
    { ...row, notDifferentiable: 'the gradient is right, the second order NaN', note: 'a singular matrix' },
  ),
  sample({ input: uniform([0, 2, 2]) }, { ...row, reference: (tf, [x]) => tf.sum(x!, [1, 2]), note: 'zero elements' }),
];
