import { integers, type Sample, sample, uniform, values } from '../sample.ts';
import { sparseSoftmaxCrossEntropy } from './sparse-softmax-cross-entropy.ts';

export const samples: readonly Sample[] = [
  sample(
    { labels: integers(['$n'], 0, 3), logits: uniform(['$n', 3], -2, 2) },
    {
      build: ({ labels, logits }) => sparseSoftmaxCrossEntropy(labels!, logits!),
      reference: (tf, [y, z]) =>
        tf.neg(tf.mean(tf.sum(tf.mul(tf.oneHot(y!, 3, 1, 0, 'float32'), tf.logSoftmax(z!)), 1))),
      tfjs: null,
    },
  ),
  sample(
    {
      labels: values(
        [
          [0, 2],
          [1, 1],
        ],
        'int32',
      ),
      logits: uniform([2, 2, 3], -2, 2),
      weights: uniform([2, 1], 0.5, 2),
    },
    {
      build: ({ labels, logits, weights }) => sparseSoftmaxCrossEntropy(labels!, logits!, weights),
      reference: (tf, [y, z, w]) => tf.losses.softmaxCrossEntropy(tf.oneHot(y!, 3, 1, 0, 'float32'), z!, w),
      tfjs: null,
      note: 'weights',
    },
  ),
];
