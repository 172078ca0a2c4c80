/** Squared errors, summed and scaled: what their losses share. */
import type { OpDef, Sym, SymLike, TensorType } from '../../engine/index.ts';
import { attr, defineComposite, dimValue, ShapeError } from '../../engine/index.ts';
import { div, mul, square, sub } from '../elementwise/exports.ts';
import { sum } from '../reduction/exports.ts';
import { pair, requirePair } from './pair.ts';

export interface SquaredErrorOptions {
  /** Divides by the number of samples, the size of the leading axis. */
  readonly averageOverSamples?: boolean;
}

const attrs = { averageOverSamples: /* @__PURE__ */ attr.bool(false) };
type SquaredErrors = OpDef<readonly ['labels', 'predictions'], typeof attrs, readonly ['y']>;

const perSample = (value: Sym, { shape }: TensorType, averageOverSamples: boolean): Sym =>
  averageOverSamples ? div(value, dimValue(shape[0]!)) : value;
const times = (factor: number, x: Sym): Sym => (factor === 1 ? x : mul(factor, x));

/** Defines the loss `factor` sum (predictions - labels)^2, which may be divided by the number of samples. */
export const defineSquaredErrors = /* @__NO_SIDE_EFFECTS__ */ (name: string, factor: number): SquaredErrors =>
  defineComposite({
    name,
    inputs: ['labels', 'predictions'],
    attrs,
    infer: ({ labels, predictions }, { averageOverSamples }) => {
      const shape = requirePair(labels, predictions);
      if (averageOverSamples && shape.length === 0) throw new ShapeError('an average over the samples of a scalar');
      return [{ dtype: 'float32', shape: [] }];
    },
    lowering: [
      {
        kind: 'composite',
        expand: ({ labels, predictions }, { averageOverSamples }) =>
          perSample(times(factor, sum(square(sub(predictions, labels)))), predictions, averageOverSamples),
      },
    ],
    gradient: {
      labels: ({ labels, predictions }, { dy, attrs }) =>
        mul(perSample(dy, predictions, attrs.averageOverSamples), times(2 * factor, sub(labels, predictions))),
      predictions: ({ labels, predictions }, { dy, attrs }) =>
        mul(perSample(dy, predictions, attrs.averageOverSamples), times(2 * factor, sub(predictions, labels))),
    },
  });

/** The loss of labels and predictions. @throws ShapeError */
export const squaredErrors = (
  op: SquaredErrors,
  labels: SymLike,
  predictions: SymLike,
  { averageOverSamples = false }: SquaredErrorOptions,
): Sym => op.node(pair(labels, predictions), { averageOverSamples });
