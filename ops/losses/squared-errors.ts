/** The option and the type of the summed squared errors. */
import { attr, dimValue, ShapeError, type Sym, type TensorType } from '../../engine/index.ts';
import { div } from '../elementwise/div.ts';
import { requirePair } from './pair.ts';

export interface SquaredErrorOptions {
  /** Divides by the number of samples, the size of the leading axis. */
  readonly averageOverSamples?: boolean;
}

export const squaredErrorAttrs = { averageOverSamples: attr.bool(false) };

/** @throws DTypeError, ShapeError */
export function inferSquaredErrors(
  labels: TensorType,
  predictions: TensorType,
  averageOverSamples: boolean,
): readonly TensorType[] {
  const shape = requirePair(labels, predictions);
  if (averageOverSamples && shape.length === 0) throw new ShapeError('an average over the samples of a scalar');
  return [{ dtype: 'float32', shape: [] }];
}

export const perSample = (value: Sym, { shape }: TensorType, averageOverSamples: boolean): Sym =>
  averageOverSamples ? div(value, dimValue(shape[0]!)) : value;
