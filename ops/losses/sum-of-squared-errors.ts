import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { defineSquaredErrors, type SquaredErrorOptions, squaredErrors } from './squared-errors.ts';

export const SumOfSquaredErrors = /* @__PURE__ */ defineSquaredErrors('SumOfSquaredErrors', 1);

/** Squared differences, summed, and divided by the number of samples if `averageOverSamples`. @throws ShapeError */
export const sumOfSquaredErrors = (labels: SymLike, predictions: SymLike, options: SquaredErrorOptions = {}): Sym =>
  squaredErrors(SumOfSquaredErrors, labels, predictions, options);

export const doc: OpDoc = {
  summary: 'Squared errors, summed over all outputs.',
  forward: 'C = \\sum_j (a_j - y_j)^2',
  gradient: { labels: '\\bar C \\, 2 (y_j - a_j)', predictions: '\\bar C \\, 2 (a_j - y_j)' },
  source: 'deeplizard, "Loss C_0"; CSE473, Example 5.11, eqs. (5.76), (5.81)',
};
