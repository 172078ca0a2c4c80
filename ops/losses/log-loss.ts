import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { log } from '../elementwise/log.ts';
import { neg } from '../elementwise/neg.ts';
import { sub } from '../elementwise/sub.ts';
import { computeWeightedLoss, type Reduction } from './compute-weighted-loss.ts';
import { pair } from './pair.ts';
import { weigh } from './weigh.ts';

/**
 * Cross-entropy of probabilities, with epsilon added to keep it finite, reduced. For logits, sigmoidCrossEntropy is precise.
 * @throws ShapeError
 */
export function logLoss(
  labels: SymLike,
  predictions: SymLike,
  weights?: SymLike | null,
  epsilon = 1e-7,
  reduction?: Reduction,
): Sym {
  const { labels: y, predictions: p } = pair(labels, predictions);
  const ofOnes = neg(weigh(y, log(add(p, epsilon))));
  const ofZeros = weigh(sub(1, y), log(add(sub(1, p), epsilon)));
  return computeWeightedLoss(sub(ofOnes, ofZeros), weights, reduction);
}

export const doc: OpDoc = {
  summary: 'Cross-entropy of probabilities.',
  forward: '\\ell_i = -y_i \\ln(p_i + \\epsilon) - (1 - y_i) \\ln(1 - p_i + \\epsilon)',
  gradient: {
    labels: '\\bar \\ell_i (\\ln(1 - p_i + \\epsilon) - \\ln(p_i + \\epsilon))',
    predictions: '\\bar \\ell_i \\left( \\frac{1 - y_i}{1 - p_i + \\epsilon} - \\frac{y_i}{p_i + \\epsilon} \\right)',
  },
  source: 'Auddy, eqs. (6)-(7)',
};
