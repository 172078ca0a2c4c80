/** Helpers for classes, on the host, for values of any rank. */
import type { DType, HostValue, NestedArray, TypedArray } from '../../engine/index.ts';
import { AttributeError, flatten, formatShape, HostTensor, ShapeError, sizeOf } from '../../engine/index.ts';

/** Class indices [...], or scores (or one-hot labels) [..., classes], of which the highest is the class. */
export type Classes = NestedArray | HostValue | TypedArray;

interface Flat {
  readonly data: TypedArray;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

function flat(values: Classes): Flat {
  if ('shape' in values) return values;
  const { values: data, ...type } = flatten(values);
  return { data, ...type };
}

/** One-hot vectors, float32[..., depth], of indices [...]. An index out of range gives zeros, as in tf.oneHot. */
export function oneHot(indices: Classes, depth: number): HostTensor {
  const { data: given, shape } = flat(indices);
  const data = new Float32Array(given.length * depth);
  for (const [i, index] of given.entries()) if (index >= 0 && index < depth) data[i * depth + index] = 1;
  return new HostTensor({ data, shape: [...shape, depth], dtype: 'float32' });
}

/** The indices. @throws AttributeError for one that is not an integer: it is a score or a probability */
function indicesOf({ data }: Flat): readonly number[] {
  const at = data.findIndex((v: number) => !Number.isInteger(v));
  if (at >= 0)
    throw new AttributeError(
      `classes are integers, and element ${at} is ${data[at]}; scores have an axis of classes, and a probability of one class is to be rounded first`,
    );
  return Array.from(data);
}

/** The index of the highest score of each row; the first one of equal scores. */
function highest({ data, shape }: Flat): readonly number[] {
  const width = shape.at(-1)!;
  return Array.from({ length: sizeOf(shape.slice(0, -1)) }, (_, i) => {
    let best = 0;
    for (let k = 1; k < width; k++) if (data[i * width + k]! > data[i * width + best]!) best = k;
    return best;
  });
}

/**
 * The class of each example, or of each step of each example, in order: for indices [examples] the index, for scores [..., classes] the
 * first of the highest.
 * @throws ShapeError for a single number; AttributeError for indices that are not integers
 */
export function classesOf(values: Classes): readonly number[] {
  const all = flat(values);
  if (all.shape.length === 0)
    throw new ShapeError('expected classes [examples] or scores [..., classes], got one number');
  return all.shape.length === 1 ? indicesOf(all) : highest(all);
}

/**
 * The classes of both. The shapes tell indices from scores: indices have one axis less, or a last axis of size 1. If the shapes are the
 * same, vectors are indices, and so are both if the predictions are integers; otherwise both are scores.
 * @throws ShapeError for shapes that do not fit
 */
function pair(labels: Classes, predictions: Classes): readonly [readonly number[], readonly number[]] {
  const both = [flat(labels), flat(predictions)] as const;
  const rank = Math.max(...both.map(({ shape }) => shape.length));
  const width = Math.max(...both.map(({ shape }) => (shape.length === rank ? shape.at(-1)! : 1)));
  const scored = both.map(({ shape }) => rank > 1 && width > 1 && shape.length === rank && shape.at(-1) === width);
  const isScored = scored.every(Boolean) && both[1].dtype !== 'float32' ? [false, false] : scored;
  const [a, b] = both.map((values, i) => (isScored[i] ? highest(values) : indicesOf(values)));
  /** The shapes without the axis of classes. */
  const [left, right] = both.map(({ shape }, i) =>
    isScored[i] || (isScored[1 - i] && shape.length === rank) ? shape.slice(0, -1) : shape,
  );
  const fits = a!.length === b!.length && (left!.length === 1 || right!.length === 1 || left!.join() === right!.join());
  if (!fits)
    throw new ShapeError(
      `${a!.length} labels and ${b!.length} predictions, of ${both.map(({ shape }) => formatShape(shape)).join(' and ')}`,
    );
  return [a!, b!];
}

/**
 * The share of labels that are predicted. Both are classes, [examples] or [examples, steps], or scores [..., classes], in any combination
 * and of any rank. NaN if there are none.
 * @throws ShapeError for shapes that do not fit each other; AttributeError for classes that are not integers
 */
export function accuracy(labels: Classes, predictions: Classes): number {
  const [a, b] = pair(labels, predictions);
  return a.filter((label, i) => label === b[i]).length / a.length;
}

/**
 * int32[classes, classes]: how many labels of the row's class were predicted as the column's class, as tf.math.confusionMatrix. Takes the
 * same values as `accuracy`.
 * @throws ShapeError for shapes that do not fit each other, or a class that is not below numClasses; AttributeError
 */
export function confusionMatrix(labels: Classes, predictions: Classes, numClasses: number): HostTensor {
  const [a, b] = pair(labels, predictions);
  const shape = [numClasses, numClasses];
  const data = new Int32Array(sizeOf(shape));
  a.forEach((label, i) => {
    const prediction = b[i]!;
    if (!(label >= 0 && label < numClasses && prediction >= 0 && prediction < numClasses))
      throw new ShapeError(
        `example ${i}: label ${label}, prediction ${prediction}, but there are ${numClasses} classes`,
      );
    data[label * numClasses + prediction]!++;
  });
  return new HostTensor({ data, shape, dtype: 'int32' });
}
