/** The option, type and number of segments of the sums and means over sparse segments. */
import type { Dim, DimLike, Sym, SymLike, TensorType } from '../../engine/index.ts';
import { AttributeError, Constant, DTypeError, lift, requireEqual, ShapeError, toDim } from '../../engine/index.ts';
import { requireIndices, toIndices } from '../indexing/indices.ts';

/** Options that tf does not have. */
export interface SegmentOptions {
  /** The number of segments; by default, if the ids are constants, one more than the largest id. */
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

/** The inputs and attributes of a builder's op. @throws AttributeError if the number of segments depends on data */
export function segmentsOf(
  name: string,
  given: Readonly<Record<'data' | 'indices' | 'segmentIds', SymLike>>,
  options: SegmentOptions,
) {
  const segmentIds = toIndices(given.segmentIds);
  const inputs = { data: lift(given.data), indices: toIndices(given.indices), segmentIds };
  return [inputs, { numSegments: countOf(name, segmentIds, options) }] as const;
}

function countOf(name: string, ids: Sym, { numSegments }: SegmentOptions): Dim {
  if (numSegments !== undefined) return toDim(numSegments);
  if (ids.node.op !== Constant)
    throw new AttributeError(
      `${name}: how many segments there are depends on the ids, and the shapes of a graph cannot: give { numSegments }`,
    );
  return (ids.node.attrs.data as Int32Array).reduce((a, b) => Math.max(a, b), -1) + 1;
}
