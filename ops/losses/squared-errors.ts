/** What the summed squared errors share. */
import {
  attr,
  dimValue,
  type Sample,
  type SampleOptions,
  ShapeError,
  type Sym,
  sample,
  type TensorType,
  uniform,
} from '../../engine/index.ts';
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

/** The value, divided by the number of samples if asked for. */
export const perSample = (value: Sym, { shape }: TensorType, averageOverSamples: boolean): Sym =>
  averageOverSamples ? div(value, dimValue(shape[0]!)) : value;

/** Rows of a squared error; `factor`: that of the sum of squares. */
export function squaredErrorSamples(
  build: (labels: Sym, predictions: Sym, options?: SquaredErrorOptions) => Sym,
  factor: number,
): readonly Sample[] {
  const row = (averageOverSamples: boolean): SampleOptions => ({
    tfjs: null,
    build: ({ labels, predictions }) => build(labels!, predictions!, { averageOverSamples }),
    reference: (tf, [y, p]) =>
      tf.mul(factor / (averageOverSamples ? p!.shape[0]! : 1), tf.sum(tf.squaredDifference(p!, y!))),
  });
  return [
    sample({ labels: uniform(['$n', 3]), predictions: uniform(['$n', 3]) }, row(false)),
    sample(
      { labels: uniform(['$n', 3]), predictions: uniform(['$n', 3]) },
      { ...row(true), note: 'averaged over the samples' },
    ),
    sample({ labels: uniform([3]), predictions: uniform([3]) }, { ...row(false), note: 'one sample' }),
    sample({ labels: uniform([0, 3]), predictions: uniform([0, 3]) }, { ...row(false), note: 'zero elements' }),
  ];
}
