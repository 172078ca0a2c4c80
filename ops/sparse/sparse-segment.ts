/** The option, type and number of segments of the sums and means over sparse segments. */
import type { Dim, DimLike, Sym, SymLike, TensorType } from '../../engine/index.ts';
import { AttributeError, Constant, DTypeError, requireEqual, ShapeError, toDim } from '../../engine/index.ts';
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

/** The ids, and the number of segments. @throws AttributeError if it depends on data */
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
