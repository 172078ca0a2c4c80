import type { DimLike, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { attr, defineComposite, fill, lift, product, reshape, select, toDim, ZERO } from '../../engine/index.ts';
import { greaterEqual } from '../comparison/greater-equal.ts';
import { maximum } from '../elementwise/maximum.ts';
import { requireSameShape } from '../shape/axis.ts';
import { gather } from './gather.ts';
import { requireIndices, toIndices } from './indices.ts';
import { scatterND } from './scatter-nd.ts';

export const UnsortedSegmentSum = defineComposite({
  name: 'UnsortedSegmentSum',
  inputs: ['x', 'segmentIds'],
  attrs: { numSegments: attr.dim() },
  infer: ({ x, segmentIds }, { numSegments }) => {
    requireIndices(segmentIds, 'segment ids');
    const rank = segmentIds.shape.length;
    requireSameShape(x.shape.slice(0, rank), segmentIds.shape, 'x and the segment ids');
    return [{ dtype: x.dtype, shape: [numSegments, ...x.shape.slice(rank)] }];
  },
  lowering: [
    {
      kind: 'composite',
      expand: ({ x, segmentIds }, { numSegments }) => {
        const rest = x.shape.slice(segmentIds.rank);
        const updates = reshape(named(x, segmentIds), [product(segmentIds.shape), ...rest]);
        return scatterND(reshape(first(segmentIds), [product(segmentIds.shape)]), updates, [numSegments, ...rest]);
      },
    },
  ],
  traits: { linear: ['x'], partwise: true, routes: { x: 'part' } },
  gradient: { x: ({ segmentIds }, { dy }) => named(gather(dy, first(segmentIds)), segmentIds), segmentIds: ZERO },
});

/** Segment ids, with 0 in place of negative ones. */
const first = (ids: Sym): Sym => maximum(ids, fill([], 0, 'int32'));

/** Values with a valid id, with 0 in place of those with a negative id. */
function named(x: Sym, ids: Sym): Sym {
  const names = greaterEqual(ids, fill([], 0, 'int32'));
  return select(reshape(names, [...ids.shape, ...x.shape.slice(ids.rank).map(() => 1)]), x, fill([], 0, x.dtype));
}

/**
 * For each id from 0 to numSegments - 1, the sum of the values with that id; values with negative ids are ignored.
 * @throws ShapeError, DTypeError
 */
export function unsortedSegmentSum(x: SymLike, segmentIds: SymLike, numSegments: DimLike): Sym {
  return UnsortedSegmentSum.node(
    { x: lift(x), segmentIds: toIndices(segmentIds) },
    { numSegments: toDim(numSegments) },
  );
}

export const doc: OpDoc = {
  summary: 'Sums of the values with one id.',
  forward: 'y_j = \\sum_{i : \\, k_i = j} x_i',
  gradient: { x: '\\bar y_{k_i}', segmentIds: 'zero' },
  source: 'the adjoint of adding by index is taking by index',
};
