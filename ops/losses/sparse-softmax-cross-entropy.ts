import {
  integers,
  lift,
  type OpDoc,
  ShapeError,
  type Sym,
  type SymLike,
  sample,
  uniform,
  values,
} from '../../engine/index.ts';
import { oneHot } from '../indexing/one-hot.ts';
import type { Reduction } from './compute-weighted-loss.ts';
import { softmaxCrossEntropy } from './softmax-cross-entropy.ts';

/**
 * Cross-entropy of classes, given as integers, and softmaxes of logits along the last axis, reduced.
 * @throws ShapeError
 */
export function sparseSoftmaxCrossEntropy(
  labels: SymLike,
  logits: SymLike,
  weights?: SymLike | null,
  reduction?: Reduction,
): Sym {
  const z = lift(logits);
  const classes = z.shape.at(-1);
  if (classes === undefined) throw new ShapeError('sparseSoftmaxCrossEntropy: logits without an axis for the classes');
  return softmaxCrossEntropy(oneHot(labels, classes, 1, 0, 'float32'), z, weights, 0, reduction);
}

export const doc: OpDoc = {
  summary: 'Cross-entropy of classes and softmaxes of logits.',
  forward: '\\ell = -\\ln p_y, \\; p = \\operatorname{softmax}(z)',
  gradient: { labels: 'zero', logits: '\\bar \\ell (p - \\mathbb 1(y))' },
  source: 'Introductory ML, eqs. (23)-(24)',
};
export const samples = () => [
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
