import { defineComposite, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { square } from '../elementwise/square.ts';
import { sub } from '../elementwise/sub.ts';
import { sum } from '../reduction/sum.ts';
import { pair } from './pair.ts';
import { inferSquaredErrors, perSample, type SquaredErrorOptions, squaredErrorAttrs } from './squared-errors.ts';

export const SumOfSquaredErrors = defineComposite({
  name: 'SumOfSquaredErrors',
  inputs: ['labels', 'predictions'],
  attrs: squaredErrorAttrs,
  infer: ({ labels, predictions }, { averageOverSamples }) =>
    inferSquaredErrors(labels, predictions, averageOverSamples),
  lowering: [
    {
      kind: 'composite',
      expand: ({ labels, predictions }, { averageOverSamples }) =>
        perSample(sum(square(sub(predictions, labels))), predictions, averageOverSamples),
    },
  ],
  gradient: {
    labels: ({ labels, predictions }, { dy, attrs }) =>
      mul(perSample(dy, predictions, attrs.averageOverSamples), mul(2, sub(labels, predictions))),
    predictions: ({ labels, predictions }, { dy, attrs }) =>
      mul(perSample(dy, predictions, attrs.averageOverSamples), mul(2, sub(predictions, labels))),
  },
});

/** Squared differences, summed, and divided by the number of samples if `averageOverSamples`. @throws ShapeError */
export const sumOfSquaredErrors = (
  labels: SymLike,
  predictions: SymLike,
  { averageOverSamples = false }: SquaredErrorOptions = {},
): Sym => SumOfSquaredErrors.node(pair(labels, predictions), { averageOverSamples });

export const doc: OpDoc = {
  summary: 'Squared errors, summed over all outputs.',
  forward: 'C = \\sum_j (a_j - y_j)^2',
  gradient: { labels: '\\bar C \\, 2 (y_j - a_j)', predictions: '\\bar C \\, 2 (a_j - y_j)' },
  source: 'deeplizard, "Loss C_0"; CSE473, Example 5.11, eqs. (5.76), (5.81)',
};
