import { type Sample, sample, uniform } from '../sample.ts';
import { squeeze } from './squeeze.ts';

export const samples: readonly Sample[] = [
  sample(
    { x: uniform([1, '$n', 1]) },
    { build: ({ x }) => squeeze(x!), reference: (tf, [x]) => tf.squeeze(x!, [0, 2]) },
  ),
  sample(
    { x: uniform([1, 3, 1]) },
    { build: ({ x }) => squeeze(x!, [-1]), reference: (tf, [x]) => tf.squeeze(x!, [-1]) },
  ),
  sample(
    { x: uniform([1, 1]) },
    { build: ({ x }) => squeeze(x!), reference: (tf, [x]) => tf.squeeze(x!), note: 'to a scalar' },
  ),
];
