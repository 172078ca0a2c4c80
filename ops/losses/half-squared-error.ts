import { defineComposite, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { square } from '../elementwise/square.ts';
import { sub } from '../elementwise/sub.ts';
import { sum } from '../reduction/sum.ts';
import { pair } from './pair.ts';
import { inferSquaredErrors, perSample, type SquaredErrorOptions, squaredErrorAttrs } from './squared-errors.ts';

export const HalfSquaredError = defineComposite({
  name: 'HalfSquaredError',
  inputs: ['labels', 'predictions'],
  attrs: squaredErrorAttrs,
  infer: ({ labels, predictions }, { averageOverSamples }) =>
    inferSquaredErrors(labels, predictions, averageOverSamples),
  lowering: [
    {
      kind: 'composite',
      expand: ({ labels, predictions }, { averageOverSamples }) =>
        perSample(mul(0.5, sum(square(sub(predictions, labels)))), predictions, averageOverSamples),
    },
  ],
  gradient: {
    labels: ({ labels, predictions }, { dy, attrs }) =>
      mul(perSample(dy, predictions, attrs.averageOverSamples), sub(labels, predictions)),
    predictions: ({ labels, predictions }, { dy, attrs }) =>
      mul(perSample(dy, predictions, attrs.averageOverSamples), sub(predictions, labels)),
  },
});

/** Half the squared differences, summed, and divided by the number of samples if `averageOverSamples`. @throws ShapeError */
export const halfSquaredError = (
  labels: SymLike,
  predictions: SymLike,
  { averageOverSamples = false }: SquaredErrorOptions = {},
): Sym => HalfSquaredError.node(pair(labels, predictions), { averageOverSamples });

export const doc: OpDoc = {
  summary: 'Half the squared errors, summed over all outputs.',
  forward: '\\mathcal L = \\tfrac 1 2 \\lVert y - f \\rVert^2',
  gradient: { labels: '\\bar{\\mathcal L} (y - f)', predictions: '\\bar{\\mathcal L} (f - y)' },
  source: 'Introductory ML, eq. (4); CSE473, problem formulation',
};
