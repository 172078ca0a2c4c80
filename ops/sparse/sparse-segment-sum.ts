import { attr, defineComposite, lift, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { gather } from '../indexing/gather.ts';
import { toIndices } from '../indexing/indices.ts';
import { unsortedSegmentSum } from '../indexing/unsorted-segment-sum.ts';
import { inferSegments, type SegmentOptions, segmentsOf } from './sparse-segment.ts';

export const SparseSegmentSum = defineComposite({
  name: 'SparseSegmentSum',
  inputs: ['data', 'indices', 'segmentIds'],
  attrs: { numSegments: attr.dim() },
  infer: (inputs, { numSegments }) => inferSegments(inputs, numSegments),
  lowering: [
    {
      kind: 'composite',
      expand: ({ data, indices, segmentIds }, { numSegments }) =>
        unsortedSegmentSum(gather(data, indices), segmentIds, numSegments),
    },
  ],
});

/**
 * The sum of the selected rows of each segment: row `indices[i]` of the data belongs to segment `segmentIds[i]`. Ids may be in any order;
 * rows with negative ids are ignored. The number of segments is `options.numSegments`, or follows from constant ids.
 * @throws AttributeError if it is not known; ShapeError, DTypeError
 */
export function sparseSegmentSum(
  data: SymLike,
  indices: SymLike,
  segmentIds: SymLike,
  options: SegmentOptions = {},
): Sym {
  const { ids, count } = segmentsOf('sparseSegmentSum', segmentIds, options);
  return SparseSegmentSum.node(
    { data: lift(data), indices: toIndices(indices), segmentIds: ids },
    { numSegments: count },
  );
}

export const doc: OpDoc = {
  summary: 'Sums of chosen rows, by segment.',
  forward: 'y_j = \\sum_{i : \\, s_i = j} x_{k_i}',
  gradient: { data: '\\sum_{i : \\, k_i = r} \\bar y_{s_i}', indices: 'zero', segmentIds: 'zero' },
  source: 'the adjoint of adding by index is taking by index',
};
