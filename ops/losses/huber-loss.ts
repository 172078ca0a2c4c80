import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { clipByValue } from '../elementwise/clip-by-value.ts';
import { mul } from '../elementwise/multiply.ts';
import { sub } from '../elementwise/sub.ts';
import { computeWeightedLoss, type Reduction } from './compute-weighted-loss.ts';
import { pair } from './pair.ts';

/** Half the squared error up to delta, linear beyond it, reduced. @throws ShapeError */
export function huberLoss(
  labels: SymLike,
  predictions: SymLike,
  weights?: SymLike | null,
  delta = 1,
  reduction?: Reduction,
): Sym {
  const both = pair(labels, predictions);
  const error = sub(both.predictions, both.labels);
  // keeps the sign: abs would have a kink at 0
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
