/** Small helpers for classes, on the host. */
import {
  flatten,
  HostTensor,
  type HostValue,
  type NestedArray,
  ShapeError,
  sizeOf,
  type TypedArray,
} from '../../engine/index.ts';

/** Class indices, one for each example; or scores (one-hot labels too), [examples, classes], of which the highest counts. */
export type Classes = NestedArray | HostValue | TypedArray;

/** float32[n, depth]: row i has 1 at indices[i] and 0 elsewhere; all 0 for an index outside, as tf.oneHot. */
export function oneHot(indices: ArrayLike<number>, depth: number): HostTensor {
  const data = new Float32Array(indices.length * depth);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]!;
    if (index >= 0 && index < depth) data[i * depth + index] = 1;
  }
  return new HostTensor({ data, shape: [indices.length, depth], dtype: 'float32' });
}

/** The class of each example; the first of equal scores. */
export function classesOf(values: Classes): readonly number[] {
  const { data, shape } = 'shape' in values ? values : withData(values);
  if (shape.length === 1) return Array.from(data);
  if (shape.length !== 2)
    throw new ShapeError(`expected classes [examples] or scores [examples, classes], got [${shape.join(', ')}]`);
  const [count, width] = shape as readonly [number, number];
  return Array.from({ length: count }, (_, i) => {
    let best = 0;
    for (let k = 1; k < width; k++) if (data[i * width + k]! > data[i * width + best]!) best = k;
    return best;
  });
}

const withData = (values: NestedArray | TypedArray): { data: TypedArray; shape: readonly number[] } => {
  const { values: data, shape } = flatten(values);
  return { data, shape };
};

/** Both, of as many examples. */
function pair(labels: Classes, predictions: Classes): readonly [readonly number[], readonly number[]] {
  const [a, b] = [classesOf(labels), classesOf(predictions)];
  if (a.length !== b.length) throw new ShapeError(`${a.length} labels and ${b.length} predictions`);
  return [a, b];
}

/** The share of examples whose prediction is their label; NaN of none. */
export function accuracy(labels: Classes, predictions: Classes): number {
  const [a, b] = pair(labels, predictions);
  return a.filter((label, i) => label === b[i]).length / a.length;
}

/** int32[classes, classes]: how many examples of the row's label got the column's prediction, as tf.math.confusionMatrix. */
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
