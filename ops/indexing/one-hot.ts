import type { DimLike, DType, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { attr, defineComposite, fill, iota, reshape, select, toDim, ZERO } from '../../engine/index.ts';
import { equal } from '../comparison/equal.ts';
import { requireIndices, toIndices } from './indices.ts';

export const OneHot = defineComposite({
  name: 'OneHot',
  inputs: ['indices'],
  attrs: { depth: attr.dim(), onValue: attr.number(1), offValue: attr.number(0), dtype: attr.dtype('int32') },
  infer: ({ indices }, { depth, dtype }) => {
    requireIndices(indices);
    return [{ dtype, shape: [...indices.shape, depth] }];
  },
  lowering: [
    { kind: 'kernel' },
    {
      kind: 'composite',
      expand: ({ indices }, { depth, onValue, offValue, dtype }) =>
        select(
          equal(reshape(indices, [...indices.shape, 1]), iota(depth)),
          fill([], onValue, dtype),
          fill([], offValue, dtype),
        ),
    },
  ],
  gradient: { indices: ZERO },
});

/**
 * A row for each index, with `onValue` at the index and `offValue` elsewhere; an index out of range gives `offValue` only.
 * @throws DTypeError
 */
export const oneHot = (indices: SymLike, depth: DimLike, onValue = 1, offValue = 0, dtype: DType = 'int32'): Sym =>
  OneHot.node({ indices: toIndices(indices) }, { depth: toDim(depth), onValue, offValue, dtype });

export const doc: OpDoc = {
  summary: 'Rows with a 1 at an index.',
  forward: 'y_{i j} = \\mathbb 1(k_i = j)',
  gradient: { indices: 'zero' },
  source: 'Introductory ML, eq. (24): the indicator of a class',
};
