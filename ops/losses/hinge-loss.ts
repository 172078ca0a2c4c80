import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { relu } from '../activation/relu.ts';
import { mul } from '../elementwise/multiply.ts';
import { sub } from '../elementwise/sub.ts';
import { computeWeightedLoss, type Reduction } from './compute-weighted-loss.ts';
import { pair } from './pair.ts';

/** max(0, 1 - s p), reduced; the labels 0 and 1 mean s = -1 and 1. @throws ShapeError */
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
