import { type Sample, sample, uniform } from '../sample.ts';
import { setDiag } from './set-diag.ts';

export const samples: readonly Sample[] = [
  sample(
    { x: uniform(['$b', 3, 3]), d: uniform(['$b', 3]) },
    {
      build: ({ x, d }) => setDiag(x!, d!),
      tfjs: null,
      reference: (tf, [x, d]) => tf.add(tf.mul(x!, tf.sub(1, tf.eye(3))), tf.mul(tf.expandDims(d!, 2), tf.eye(3))),
    },
  ),
  sample(
    { x: uniform(['$n', 3, 2]), d: uniform([2]) },
    {
      build: ({ x, d }) => setDiag(x!, d!),
      tfjs: null,
      reference: (tf, [x, d]) => tf.add(tf.mul(x!, tf.sub(1, tf.eye(3, 2))), tf.mul(tf.eye(3, 2), d!)),
      note: 'tall, one diagonal for all',
    },
  ),
  sample(
    { x: uniform([2, 3]), d: uniform([2]) },
    {
      build: ({ x, d }) => setDiag(x!, d!),
      tfjs: null,
      reference: (tf, [x, d]) =>
        tf.add(tf.mul(x!, tf.sub(1, tf.eye(2, 3))), tf.mul(tf.eye(2, 3), tf.expandDims(d!, 1))),
      note: 'wide',
    },
  ),
];
