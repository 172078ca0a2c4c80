import { type OpDoc, type Sym, type SymLike, sample, uniform, values } from '../../engine/index.ts';
import { clipByValue } from '../elementwise/clip-by-value.ts';
import { mul } from '../elementwise/multiply.ts';
import { sub } from '../elementwise/sub.ts';
import { computeWeightedLoss, Reduction } from './compute-weighted-loss.ts';
import { lossSamples } from './loss-samples.ts';
import { pair } from './pair.ts';

/** Half the squared errors up to delta, then straight on, reduced. @throws ShapeError */
export function huberLoss(
  labels: SymLike,
  predictions: SymLike,
  weights?: SymLike | null,
  delta = 1,
  reduction?: Reduction,
): Sym {
  const both = pair(labels, predictions);
  const error = sub(both.predictions, both.labels);
  // signed, so that nothing has a kink where the error is 0
  const limited = clipByValue(error, -delta, delta);
  return computeWeightedLoss(mul(limited, sub(error, mul(0.5, limited))), weights, reduction);
}

export const doc: OpDoc = {
  summary: 'Squared errors where small, absolute ones where large.',
  forward: '\\ell_i = q_i (e_i - \\tfrac 1 2 q_i), \\; e_i = p_i - y_i, \\; q_i = \\min(\\max(e_i, -\\delta), \\delta)',
  gradient: {
    labels: '-\\bar \\ell_i \\min(\\max(e_i, -\\delta), \\delta)',
    predictions: '\\bar \\ell_i \\min(\\max(e_i, -\\delta), \\delta)',
  },
  source: 'Huber, "Robust estimation of a location parameter" (1964)',
};
export const samples = () => [
  ...lossSamples(
    (y, p, w, reduction) => huberLoss(y, p, w, 1, reduction),
    (tf) => (y, p, w, reduction) => tf.losses.huberLoss(y, p, w, 1, reduction),
    { labels: (shape) => uniform(shape, -0.2, 0), predictions: (shape) => uniform(shape, 0.1, 0.7) },
  ),
  sample(
    { labels: values([0, 0, 0, 0]), predictions: values([0.3, -0.4, 2, -3]) },
    {
      build: ({ labels, predictions }) => huberLoss(labels!, predictions!, undefined, 0.5, Reduction.NONE),
      reference: (tf, [y, p]) => tf.losses.huberLoss(y!, p!, undefined, 0.5, tf.Reduction.NONE),
      note: 'both sides of another delta',
    },
  ),
];
