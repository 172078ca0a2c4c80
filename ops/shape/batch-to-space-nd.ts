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
  // tfjs's kernels are composed of these ops too, which passes could then not optimize
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
 * The inverse of spaceToBatchND: interleaves images of the batch, each of which has the elements of one position in all blocks, to one
 * larger image, and then crops it.
 * @throws ShapeError for a batch that is not a multiple of the block's size, and for crops that exceed the image
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
