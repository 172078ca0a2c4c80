import { integers, type Sample, sample, uniform } from '../sample.ts';
import { trace } from './trace.ts';

export const samples: readonly Sample[] = [
  sample(
    { x: uniform(['$b', 3, 3]) },
    { build: ({ x }) => trace(x!), tfjs: null, reference: (tf, [x]) => tf.sum(tf.mul(x!, tf.eye(3)), [1, 2]) },
  ),
  sample(
    { x: uniform(['$m', '$n']) },
    {
      build: ({ x }) => trace(x!),
      tfjs: null,
      reference: (tf, [x]) => tf.sum(tf.mul(x!, tf.eye(x!.shape[0]!, x!.shape[1]))),
      note: 'of unknown size',
    },
  ),
  sample(
    { x: integers([3, 2], -5, 5) },
    {
      build: ({ x }) => trace(x!),
      tfjs: null,
      reference: (tf, [x]) => tf.sum(tf.mul(x!, tf.eye(3, 2, undefined, 'int32'))),
      notDifferentiable: 'integers',
    },
  ),
];
