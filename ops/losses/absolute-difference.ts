import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { abs } from '../elementwise/abs.ts';
import { sub } from '../elementwise/sub.ts';
import { computeWeightedLoss, type Reduction } from './compute-weighted-loss.ts';
import { pair } from './pair.ts';

/** |labels - predictions|, reduced. @throws ShapeError */
export function absoluteDifference(
  labels: SymLike,
  predictions: SymLike,
  weights?: SymLike | null,
  reduction?: Reduction,
): Sym {
  const both = pair(labels, predictions);
  return computeWeightedLoss(abs(sub(both.labels, both.predictions)), weights, reduction);
}

export const doc: OpDoc = {
  summary: 'Absolute errors.',
  forward: '\\ell_i = |y_i - p_i|',
  gradient: {
    labels: '\\bar \\ell_i \\operatorname{sign}(y_i - p_i)',
    predictions: '\\bar \\ell_i \\operatorname{sign}(p_i - y_i)',
  },
  source: 'Rhodes, dL/da of a loss that the notes leave open; convention: 0 at 0',
};
