/** Checks that labels and predictions have one shape. Losses do not broadcast, since that is nearly always a mistake. */
import type { Dim, Sym, SymLike, TensorType } from '../../engine/index.ts';
import { DTypeError, formatShape, ShapeError } from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import { mayBeSame, requireSameShape } from '../shape/axis.ts';

interface Pair {
  readonly labels: Sym;
  readonly predictions: Sym;
}

/** Labels and predictions as floats. @throws ShapeError if their shapes differ */
export function pair(labels: SymLike, predictions: SymLike): Pair {
  const [y, p] = [float(labels), float(predictions)];
  if (!mayBeSame(y.shape, p.shape)) {
    throw new ShapeError(`labels are ${formatShape(y.shape)}, predictions ${formatShape(p.shape)}`);
  }
  return { labels: y, predictions: p };
}

/** Requires float32s of one shape, and returns it. @throws DTypeError, ShapeError */
export function requirePair(labels: TensorType, predictions: TensorType): readonly Dim[] {
  for (const { dtype } of [labels, predictions])
    if (dtype !== 'float32') throw new DTypeError(`a loss of ${dtype}, not float32`);
  requireSameShape(labels.shape, predictions.shape, 'labels and predictions');
  return predictions.shape;
}
