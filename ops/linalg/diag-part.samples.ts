import { bools, integers, type Sample, sample, uniform } from '../sample.ts';
import { diagPart } from './diag-part.ts';

export const samples: readonly Sample[] = [
  sample(
    { x: uniform(['$b', 3, 3]) },
    { build: ({ x }) => diagPart(x!), tfjs: null, reference: (tf, [x]) => tf.sum(tf.mul(x!, tf.eye(3)), -1) },
  ),
  sample(
    { x: uniform(['$m', '$n']) },
    {
      build: ({ x }) => diagPart(x!),
      tfjs: null,
      reference: (tf, [x]) => tf.sum(tf.mul(x!, tf.eye(x!.shape[0]!, x!.shape[1])), 1),
      note: 'of unknown size, wide',
    },
  ),
  sample(
    { x: uniform([2, 4, 2]) },
    {
      build: ({ x }) => diagPart(x!),
      tfjs: null,
      reference: (tf, [x]) => tf.sum(tf.mul(x!, tf.eye(4, 2)), 1),
      note: 'tall',
    },
  ),
  sample(
    { x: uniform([2, 0, 3]) },
    {
      build: ({ x }) => diagPart(x!),
      tfjs: null,
      reference: (tf) => tf.zeros([2, 0]),
      note: 'zero elements',
    },
  ),
  sample(
    { x: integers(['$n', 2, 2], -5, 5) },
    {
      build: ({ x }) => diagPart(x!),
      tfjs: null,
      reference: (tf, [x]) => tf.sum(tf.mul(x!, tf.eye(2, 2, undefined, 'int32')), -1),
      notDifferentiable: 'integers',
    },
  ),
  sample(
    { x: bools([3, 3]) },
    {
      build: ({ x }) => diagPart(x!),
      tfjs: null,
      reference: (tf, [x]) =>
        tf.cast(tf.sum(tf.mul(tf.cast(x!, 'int32'), tf.eye(3, 3, undefined, 'int32')), -1), 'bool'),
      notDifferentiable: 'bools',
    },
  ),
];
