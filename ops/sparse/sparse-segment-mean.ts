import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { attr, DTypeError, defineComposite, fill, lift, reshape } from '../../engine/index.ts';
import { div } from '../elementwise/div.ts';
import { maximum } from '../elementwise/maximum.ts';
import { toIndices } from '../indexing/indices.ts';
import { unsortedSegmentSum } from '../indexing/unsorted-segment-sum.ts';
import { inferSegments, type SegmentOptions, segmentsOf } from './sparse-segment.ts';
import { sparseSegmentSum } from './sparse-segment-sum.ts';

export const SparseSegmentMean = defineComposite({
  name: 'SparseSegmentMean',
  inputs: ['data', 'indices', 'segmentIds'],
  attrs: { numSegments: attr.dim() },
  infer: (inputs, { numSegments }) => {
    if (inputs.data.dtype !== 'float32') throw new DTypeError(`a mean of ${inputs.data.dtype}`);
    return inferSegments(inputs, numSegments);
  },
  lowering: [
    {
      kind: 'composite',
      expand: ({ data, indices, segmentIds }, { numSegments }) => {
        const sums = sparseSegmentSum(data, indices, segmentIds, { numSegments });
        const counts = unsortedSegmentSum(fill(segmentIds.shape, 1), segmentIds, numSegments);
        return div(sums, reshape(maximum(counts, 1), [numSegments, ...data.shape.slice(1).map(() => 1)]));
      },
    },
  ],
});

/**
 * The mean of the selected rows of each segment, as `sparseSegmentSum`; 0 for an empty segment.
 * @throws AttributeError if the number of segments is not known; ShapeError, DTypeError
 */
export function sparseSegmentMean(
  data: SymLike,
  indices: SymLike,
  segmentIds: SymLike,
  options: SegmentOptions = {},
): Sym {
  const { ids, count } = segmentsOf('sparseSegmentMean', segmentIds, options);
  return SparseSegmentMean.node(
    { data: lift(data), indices: toIndices(indices), segmentIds: ids },
    { numSegments: count },
  );
}

export const doc: OpDoc = {
  summary: 'Means of chosen rows, by segment.',
  forward: 'y_j = \\tfrac 1 {n_j} \\sum_{i : \\, s_i = j} x_{k_i}, \\; n_j = |\\{ i : s_i = j \\}|',
  gradient: { data: '\\sum_{i : \\, k_i = r} \\bar y_{s_i} / n_{s_i}', indices: 'zero', segmentIds: 'zero' },
  source: 'the adjoint of adding by index is taking by index; convention: the mean of nothing is 0 here, as in tf',
};
