import { integers, type Sample, sample, uniform } from '../sample.ts';
import { diag } from './diag.ts';

export const samples: readonly Sample[] = [
  sample(
    { x: uniform(['$b', 3]) },
    { build: ({ x }) => diag(x!), tfjs: null, reference: (tf, [x]) => tf.mul(tf.expandDims(x!, 2), tf.eye(3)) },
  ),
  sample(
    { x: uniform(['$n']) },
    {
      build: ({ x }) => diag(x!),
      reference: (tf, [x]) => tf.mul(x!, tf.eye(x!.shape[0]!)),
      tfjs: (tf, [x]) => tf.diag(x!),
      tfGradIsWrong: 'it has none',
      note: 'a vector of unknown size',
    },
  ),
  sample(
    { x: integers([2, 3], -5, 5) },
    {
      build: ({ x }) => diag(x!),
      tfjs: null,
      reference: (tf, [x]) => tf.mul(tf.expandDims(x!, 2), tf.eye(3, 3, undefined, 'int32')),
      notDifferentiable: 'integers',
    },
  ),
];
