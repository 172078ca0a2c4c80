import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { sub } from '../elementwise/sub.ts';
import { sum } from '../reduction/sum.ts';
import { computeWeightedLoss, type Reduction } from './compute-weighted-loss.ts';
import { pair } from './pair.ts';
import { weigh } from './weigh.ts';

/** 1 - the inner product along an axis, of vectors that must have length 1, reduced. @throws ShapeError */
export function cosineDistance(
  labels: SymLike,
  predictions: SymLike,
  axis: number,
  weights?: SymLike | null,
  reduction?: Reduction,
): Sym {
  const both = pair(labels, predictions);
  return computeWeightedLoss(sub(1, sum(weigh(both.labels, both.predictions), axis, true)), weights, reduction);
}

export const doc: OpDoc = {
  summary: 'How far vectors of length 1 point apart.',
  forward: '\\ell = 1 - \\sum_i y_i p_i',
  gradient: { labels: '-\\bar \\ell p_i', predictions: '-\\bar \\ell y_i' },
  source: 'CSE473, product rule (5.46)',
};
