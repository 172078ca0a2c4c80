import { type OpDoc, type Sym, type SymLike, sample, uniform, values } from '../../engine/index.ts';
import { relu } from '../activation/relu.ts';
import { mul } from '../elementwise/multiply.ts';
import { sub } from '../elementwise/sub.ts';
import { computeWeightedLoss, Reduction } from './compute-weighted-loss.ts';
import { lossSamples } from './loss-samples.ts';
import { pair } from './pair.ts';

/** max(0, 1 - s p), for labels 0 and 1 that stand for s = -1 and 1, reduced. @throws ShapeError */
export function hingeLoss(labels: SymLike, predictions: SymLike, weights?: SymLike | null, reduction?: Reduction): Sym {
  const both = pair(labels, predictions);
  const signs = sub(mul(2, both.labels), 1);
  return computeWeightedLoss(relu(sub(1, mul(signs, both.predictions))), weights, reduction);
}

export const doc: OpDoc = {
  summary: 'How far a prediction is from the right side of a margin.',
  forward: '\\ell_i = \\max(0, 1 - (2 y_i - 1) p_i)',
  gradient: {
    labels: '-2 \\bar \\ell_i p_i \\mathbb 1(\\ell_i > 0)',
    predictions: '-\\bar \\ell_i (2 y_i - 1) \\mathbb 1(\\ell_i > 0)',
  },
  source: 'Cortes and Vapnik, "Support-vector networks" (1995); convention: 0 at the kink',
};
export const samples = () => [
  ...lossSamples(hingeLoss, (tf) => tf.losses.hingeLoss, { labels: (shape) => uniform(shape, 0, 0.4) }),
  sample(
    { labels: values([0, 1, 0, 1]), predictions: values([-2, 3, 0.5, -0.5]) },
    {
      build: ({ labels, predictions }) => hingeLoss(labels!, predictions!, undefined, Reduction.NONE),
      reference: (tf, [y, p]) => tf.losses.hingeLoss(y!, p!, undefined, tf.Reduction.NONE),
      note: 'both sides of the margin',
    },
  ),
];
