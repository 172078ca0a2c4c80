import { type Sample, sample, uniform } from '../sample.ts';
import { matrixTranspose } from './matrix-transpose.ts';

export const samples: readonly Sample[] = [
  sample(
    { a: uniform(['$n', 3]) },
    { build: ({ a }) => matrixTranspose(a!), reference: (tf, [a]) => tf.transpose(a!) },
  ),
  sample(
    { a: uniform(['$b', 2, 3]) },
    { build: ({ a }) => matrixTranspose(a!), reference: (tf, [a]) => tf.transpose(a!, [0, 2, 1]), note: 'a batch' },
  ),
];
