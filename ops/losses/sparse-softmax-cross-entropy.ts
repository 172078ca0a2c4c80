import { lift, type OpDoc, ShapeError, type Sym, type SymLike } from '../../engine/index.ts';
import { oneHot } from '../indexing/one-hot.ts';
import type { Reduction } from './compute-weighted-loss.ts';
import { softmaxCrossEntropy } from './softmax-cross-entropy.ts';

/**
 * Cross-entropy of classes, given as integers, and the softmax of logits along the last axis, reduced.
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
