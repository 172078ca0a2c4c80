/** What the sums and means over sparse segments share. */
import {
  AttributeError,
  Constant,
  type Dim,
  type DimLike,
  DTypeError,
  integers,
  requireEqual,
  type Sample,
  type SampleOptions,
  ShapeError,
  type Sym,
  type SymLike,
  sample,
  type TensorType,
  toDim,
  uniform,
  values,
} from '../../engine/index.ts';
import { requireIndices, toIndices } from '../indexing/indices.ts';

/** What tf lacks. */
export interface SegmentOptions {
  /** How many segments there are: one more than the largest id, where the ids are given as constants. */
  readonly numSegments?: DimLike;
}

/** The type of a sum or mean over segments. @throws ShapeError, DTypeError */
export function inferSegments(
  { data, indices, segmentIds }: Readonly<Record<'data' | 'indices' | 'segmentIds', TensorType>>,
  numSegments: Dim,
): readonly TensorType[] {
  requireIndices(indices);
  requireIndices(segmentIds, 'segment ids');
  if (data.dtype !== 'float32' && data.dtype !== 'int32') throw new DTypeError(`a sum of ${data.dtype}`);
  if (data.shape.length < 1) throw new ShapeError('rows of a scalar');
  if (indices.shape.length !== 1 || segmentIds.shape.length !== 1)
    throw new ShapeError(
      `indices and segment ids of ranks ${indices.shape.length} and ${segmentIds.shape.length}, not 1`,
    );
  requireEqual(indices.shape[0]!, segmentIds.shape[0]!, 'the number of indices and of segment ids');
  return [{ dtype: data.dtype, shape: [numSegments, ...data.shape.slice(1)] }];
}

/** The ids, and how many segments they name. @throws AttributeError where that depends on data */
export function segmentsOf(
  name: string,
  segmentIds: SymLike,
  { numSegments }: SegmentOptions,
): { readonly ids: Sym; readonly count: Dim } {
  const ids = toIndices(segmentIds);
  if (numSegments !== undefined) return { ids, count: toDim(numSegments) };
  if (ids.node.op !== Constant)
    throw new AttributeError(
      `${name}: how many segments there are depends on the ids, and the shapes of a graph cannot: give { numSegments }`,
    );
  const largest = (ids.node.attrs.data as Int32Array).reduce((a, b) => Math.max(a, b), -1);
  return { ids, count: largest + 1 };
}

/** Rows of a sum or mean: (data, indices, ids) of an op with an attribute `numSegments`. */
export function segmentSamples(
  name: 'sparseSegmentSum' | 'sparseSegmentMean',
  build: (data: Sym, indices: SymLike, ids: SymLike, options?: SegmentOptions) => Sym,
): readonly Sample[] {
  const ids = values([0, 0, 1, 3], 'int32');
  const reference: NonNullable<SampleOptions['reference']> = (tf, [data, indices, segmentIds]) =>
    tf.sparse[name](data!, indices as never, segmentIds as never);
  const tfGradIsWrong = 'it has none';
  const options = { attrs: { numSegments: 4 }, reference, tfGradIsWrong };
  return [
    sample({ data: uniform([5, 3]), indices: values([0, 2, 2, 4], 'int32'), segmentIds: ids }, options),
    sample({ data: uniform(['$n', 2]), indices: values([0, 1, 1, 0], 'int32'), segmentIds: ids }, options),
    sample({ data: uniform([5]), indices: integers([4], 0, 5), segmentIds: ids }, { ...options, note: 'a vector' }),
    sample(
      { data: uniform([5, 2]), indices: integers(['$n'], 0, 5), segmentIds: integers(['$n'], 0, 1) },
      { ...options, attrs: { numSegments: 1 }, note: 'an unknown number' },
    ),
    sample(
      { data: uniform([5, 2]), indices: integers([4], 0, 5) },
      {
        build: ({ data, indices }) => build(data!, indices!, [0, 0, 1, 3]),
        reference: (tf, [data, indices]) => tf.sparse[name](data!, indices as never, [0, 0, 1, 3]),
        tfGradIsWrong,
        note: 'constant ids, which say how many segments there are',
      },
    ),
    sample(
      { data: uniform([4, 2]), indices: values([0, 2, 3], 'int32'), segmentIds: values([1, 0, 1], 'int32') },
      {
        build: ({ data, indices, segmentIds }) => build(data!, indices!, segmentIds!, { numSegments: 3 }),
        reference: (tf, [data]) =>
          tf.concat([tf.sparse[name](data!, [2, 0, 3] as never, [0, 1, 1] as never), tf.zeros([1, 2])]),
        tfjs: reference,
        tfGradIsWrong,
        note: 'ids in any order, and an empty segment behind',
      },
    ),
    sample(
      { data: uniform([4, 2]), indices: integers([0], 0, 4), segmentIds: integers([0], 0, 4) },
      {
        build: ({ data, indices, segmentIds }) => build(data!, indices!, segmentIds!, { numSegments: 2 }),
        reference: (tf) => tf.zeros([2, 2]),
        tfjs: null,
        note: 'no index, which says nothing of how many segments there are',
      },
    ),
  ];
}
