import { defineComposite, dimValue, type OpDoc, product, type Sym, type SymLike } from '../../engine/index.ts';
import { div } from '../elementwise/div.ts';
import { mul } from '../elementwise/multiply.ts';
import { square } from '../elementwise/square.ts';
import { squaredDifference } from '../elementwise/squared-difference.ts';
import { sub } from '../elementwise/sub.ts';
import { mean } from '../reduction/mean.ts';
import { computeWeightedLoss, Reduction } from './compute-weighted-loss.ts';
import { pair, requirePair } from './pair.ts';

export const MeanSquaredError = defineComposite({
  name: 'MeanSquaredError',
  inputs: ['labels', 'predictions'],
  infer: ({ labels, predictions }) => {
    requirePair(labels, predictions);
    return [{ dtype: 'float32', shape: [] }];
  },
  lowering: [{ kind: 'composite', expand: ({ labels, predictions }) => mean(square(sub(predictions, labels))) }],
  gradient: {
    labels: ({ labels, predictions }, { dy }) => mul(twiceOverSize(dy, labels), sub(labels, predictions)),
    predictions: ({ labels, predictions }, { dy }) => mul(twiceOverSize(dy, labels), sub(predictions, labels)),
  },
});

const twiceOverSize = (dy: Sym, { shape }: Sym): Sym => div(mul(2, dy), dimValue(product(shape)));

/** Squared differences, reduced, by default to their mean over all elements. @throws ShapeError */
export function meanSquaredError(
  labels: SymLike,
  predictions: SymLike,
  weights?: SymLike | null,
  reduction: Reduction = Reduction.SUM_BY_NONZERO_WEIGHTS,
): Sym {
  const both = pair(labels, predictions);
  const averaged = reduction === Reduction.MEAN || reduction === Reduction.SUM_BY_NONZERO_WEIGHTS;
  if (averaged && (weights === undefined || weights === null)) return MeanSquaredError.node(both);
  return computeWeightedLoss(squaredDifference(both.labels, both.predictions), weights, reduction);
}

export const doc: OpDoc = {
  summary: 'Mean of the squared errors.',
  forward: 'y = \\frac 1 n \\sum_i (p_i - y_i)^2',
  gradient: { labels: '\\bar y \\, \\tfrac 2 n (y_i - p_i)', predictions: '\\bar y \\, \\tfrac 2 n (p_i - y_i)' },
  source: 'deeplizard, "Loss C_0", averaged over outputs too',
};
