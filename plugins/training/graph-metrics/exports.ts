/**
 * Metrics as values of the graph, named as in tf.metrics. They are scalars: means over all labels, for values of any rank. As outputs of a
 * program, `compile({ loss, accuracy: metrics.categoricalAccuracy(labels, logits) })`, they avoid reading the scores.
 */

import { cast, formatType, lift, ShapeError, type Sym, type SymLike } from '../../../engine/index.ts';
import { argMax, div, divNoNan, equal, greater, mean, mul, square, squeeze, sub, sum } from '../../../ops/exports.ts';
import { absoluteDifference } from '../../../ops/losses/absolute-difference.ts';
import { meanSquaredError as squaredError } from '../../../ops/losses/mean-squared-error.ts';

const share = (hits: Sym): Sym => mean(cast(hits, 'float32'));

function requireRanks(name: string, labels: Sym, predictions: Sym, fits: boolean, expected: string): void {
  if (!fits)
    throw new ShapeError(
      `${name}: labels are ${formatType(labels)}, predictions ${formatType(predictions)}; expected ${expected}`,
    );
}

/**
 * The share of rows whose highest score is at the highest label. One-hot labels and scores are both float32[..., classes].
 * @throws ShapeError for other ranks
 */
export function categoricalAccuracy(labels: SymLike, predictions: SymLike): Sym {
  const [y, p] = [lift(labels), lift(predictions)];
  requireRanks('categoricalAccuracy', y, p, y.rank === p.rank && y.rank > 0, 'both [..., classes]');
  return share(equal(argMax(y, -1), argMax(p, -1)));
}

/**
 * The share of rows whose highest score is at the label. Labels are int32 classes [...] or [..., 1], scores float32[..., classes].
 * @throws ShapeError for other ranks
 */
export function sparseCategoricalAccuracy(labels: SymLike, predictions: SymLike): Sym {
  const [y, p] = [lift(labels, 'int32'), lift(predictions)];
  const wide = y.rank === p.rank && y.shape.at(-1) === 1;
  const fits = p.rank > 0 && (wide || y.rank === p.rank - 1);
  requireRanks('sparseCategoricalAccuracy', y, p, fits, '[...] and [..., classes]');
  return share(equal(cast(wide ? squeeze(y, [-1]) : y, 'int32'), argMax(p, -1)));
}

/**
 * The share of labels, 0 or 1, that equal prediction > threshold. Both have the same shape. For logits, use the threshold 0.
 * @throws ShapeError for different ranks
 */
export function binaryAccuracy(labels: SymLike, predictions: SymLike, threshold = 0.5): Sym {
  const [y, p] = [lift(labels), lift(predictions)];
  requireRanks('binaryAccuracy', y, p, y.rank === p.rank, 'one shape');
  return share(equal(greater(cast(y, 'float32'), 0.5), greater(p, threshold)));
}

/** float32 masks of labels (0 or 1) that are 1, and of predictions above the threshold. Both values have the same shape. */
function positives(name: string, labels: SymLike, predictions: SymLike, threshold: number): readonly [Sym, Sym] {
  const [y, p] = [lift(labels), lift(predictions)];
  requireRanks(name, y, p, y.rank === p.rank, 'one shape');
  return [cast(greater(cast(y, 'float32'), 0.5), 'float32'), cast(greater(p, threshold), 'float32')];
}

/**
 * The share of predictions above the threshold whose label is 1; 0 if no prediction is above it. Labels are 0 or 1, of the predictions'
 * shape. For logits, use the threshold 0. The mean over batches is not the precision of all examples.
 * @throws ShapeError for different ranks
 */
export function precision(labels: SymLike, predictions: SymLike, threshold = 0.5): Sym {
  const [y, p] = positives('precision', labels, predictions, threshold);
  return divNoNan(sum(mul(y, p)), sum(p));
}

/**
 * The share of labels 1 whose prediction is above the threshold; 0 if no label is 1. Labels are 0 or 1, of the predictions' shape. For
 * logits, use the threshold 0. The mean over batches is not the recall of all examples.
 * @throws ShapeError for different ranks
 */
export function recall(labels: SymLike, predictions: SymLike, threshold = 0.5): Sym {
  const [y, p] = positives('recall', labels, predictions, threshold);
  return divNoNan(sum(mul(y, p)), sum(y));
}

/** mean(|y - p|), for values of the same shape. @throws ShapeError */
export const meanAbsoluteError = (labels: SymLike, predictions: SymLike): Sym =>
  absoluteDifference(labels, predictions);

/** mean((y - p)^2), for values of the same shape. @throws ShapeError */
export const meanSquaredError = (labels: SymLike, predictions: SymLike): Sym => squaredError(labels, predictions);

/**
 * The share of the labels' variance that the predictions explain: 1 - sum((y - p)^2) / sum((y - mean(y))^2). 1 for exact predictions, 0 for
 * predictions no better than the labels' mean. Both have the same shape. The mean over batches is not the score of all examples.
 * @throws ShapeError for different ranks
 */
export function r2Score(labels: SymLike, predictions: SymLike): Sym {
  const [y, p] = [lift(labels), lift(predictions)];
  requireRanks('r2Score', y, p, y.rank === p.rank, 'one shape');
  return sub(1, div(sum(square(sub(y, p))), sum(square(sub(y, mean(y))))));
}
