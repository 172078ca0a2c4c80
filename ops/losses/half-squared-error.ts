import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { defineSquaredErrors, type SquaredErrorOptions, squaredErrors } from './squared-errors.ts';

export const HalfSquaredError = /* @__PURE__ */ defineSquaredErrors('HalfSquaredError', 0.5);

/** Half the squared differences, summed, and divided by the number of samples if `averageOverSamples`. @throws ShapeError */
export const halfSquaredError = (labels: SymLike, predictions: SymLike, options: SquaredErrorOptions = {}): Sym =>
  squaredErrors(HalfSquaredError, labels, predictions, options);

export const doc: OpDoc = {
  summary: 'Half the squared errors, summed over all outputs.',
  forward: '\\mathcal L = \\tfrac 1 2 \\lVert y - f \\rVert^2',
  gradient: { labels: '\\bar{\\mathcal L} (y - f)', predictions: '\\bar{\\mathcal L} (f - y)' },
  source: 'Introductory ML, eq. (4); CSE473, problem formulation',
};
