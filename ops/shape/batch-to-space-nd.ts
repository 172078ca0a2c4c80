import type { DimLike, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { attr, defineOp, lift, reshape, toDim } from '../../engine/index.ts';
import { batchToBlocks, requireBlocks, toSpaceShape } from './blocks.ts';
import { slice } from './slice.ts';
import { spaceToBatchND } from './space-to-batch-nd.ts';

export const BatchToSpaceND = defineOp({
  name: 'BatchToSpaceND',
  inputs: ['x'],
  attrs: { blockShape: attr.ints(), crops: attr.pairs() },
  infer: ({ x }, { blockShape, crops }) => {
    requireBlocks(x.shape, blockShape, crops, 'crops');
    return [{ dtype: x.dtype, shape: toSpaceShape(x.shape, blockShape, crops) }];
  },
  // tfjs's kernels are made of the same parts, which passes cannot see
  lowering: [
    {
      kind: 'composite',
      expand: ({ x }, { blockShape, crops }) => {
        const begin = x.shape.map((_, i) => crops[i - 1]?.[0] ?? 0);
        return slice(batchToBlocks(x, blockShape), begin, toSpaceShape(x.shape, blockShape, crops));
      },
    },
  ],
  traits: { linear: ['x'], routes: { x: 'part' } },
  gradient: {
    x: ({ x }, { dy, attrs: { blockShape, crops } }) => reshape(spaceToBatchND(dy, blockShape, crops), x.shape),
  },
});

/**
 * Blocks of pixels from as many images of the batch, each of which holds one place within the blocks; then the borders are cut
 * off. What spaceToBatchND does, undone.
 * @throws ShapeError for a batch that does not divide by the block, and for crops of more than there is
 */
export function batchToSpaceND(
  x: SymLike,
  blockShape: readonly number[],
  crops: readonly (readonly [DimLike, DimLike])[],
): Sym {
  return BatchToSpaceND.node(
    { x: lift(x) },
    { blockShape, crops: crops.map(([before, after]) => [toDim(before), toDim(after)] as const) },
  );
}

export const doc: OpDoc = {
  summary: 'A part of the batch as the places within blocks of pixels.',
  forward: 'y_{n, \\, b_1 i + p, \\, b_2 j + q} = x_{(b_2 p + q) N + n, \\, i, j}',
  gradient: { x: '\\text{spaceToBatchND of } \\bar y' },
  source:
    'Yu and Koltun, "Multi-scale context aggregation by dilated convolutions" (2016): a dilated convolution in blocks',
};
