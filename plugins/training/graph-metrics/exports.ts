/**
 * Metrics as values of the graph, named as in tf.metrics: scalars, means over all labels, of values of any rank. As outputs of a
 * program, `compile({ loss, accuracy: metrics.categoricalAccuracy(labels, logits) })`, they cost no transfer of scores.
 */
import { cast, formatType, lift, ShapeError, type Sym, type SymLike } from '../../../engine/index.ts';
import { equal } from '../../../ops/comparison/equal.ts';
import { greater } from '../../../ops/comparison/greater.ts';
import { argMax } from '../../../ops/reduction/arg-max.ts';
import { mean } from '../../../ops/reduction/mean.ts';
import { squeeze } from '../../../ops/shape/squeeze.ts';

const share = (hits: Sym): Sym => mean(cast(hits, 'float32'));

function requireRanks(name: string, labels: Sym, predictions: Sym, fits: boolean, expected: string): void {
  if (!fits)
    throw new ShapeError(
      `${name}: labels are ${formatType(labels)}, predictions ${formatType(predictions)}; expected ${expected}`,
    );
}

/**
 * The share of rows whose highest score is at the highest label: one-hot labels and scores, both float32[..., classes].
 * @throws ShapeError for other ranks
 */
export function categoricalAccuracy(labels: SymLike, predictions: SymLike): Sym {
  const [y, p] = [lift(labels), lift(predictions)];
  requireRanks('categoricalAccuracy', y, p, y.rank === p.rank && y.rank > 0, 'both [..., classes]');
  return share(equal(argMax(y, -1), argMax(p, -1)));
}

/**
 * The share of rows whose highest score is at the label: int32 classes [...], or [..., 1], and scores float32[..., classes].
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
 * The share of labels, 0 or 1, on whose side of a threshold the prediction is; both of one shape. With logits the threshold is 0.
 * @throws ShapeError for different ranks
 */
export function binaryAccuracy(labels: SymLike, predictions: SymLike, threshold = 0.5): Sym {
  const [y, p] = [lift(labels), lift(predictions)];
  requireRanks('binaryAccuracy', y, p, y.rank === p.rank, 'one shape');
  return share(equal(greater(cast(y, 'float32'), 0.5), greater(p, threshold)));
}
