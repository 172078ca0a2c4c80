import type { DimLike, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { attr, defineOp, lift, reshape, toDim } from '../../engine/index.ts';
import { batchToSpaceND } from './batch-to-space-nd.ts';
import { blocksToBatch, type Pairs, requireBlocks, toBatchShape } from './blocks.ts';
import { pad } from './pad.ts';

export const SpaceToBatchND = defineOp({
  name: 'SpaceToBatchND',
  inputs: ['x'],
  attrs: { blockShape: attr.ints(), paddings: attr.pairs() },
  infer: ({ x }, { blockShape, paddings }) => {
    requireBlocks(x.shape, blockShape, paddings, 'paddings');
    return [{ dtype: x.dtype, shape: toBatchShape(x.shape, blockShape, paddings) }];
  },
  // tfjs's kernels are composed of these ops too, which passes could then not optimize
  lowering: [
    {
      kind: 'composite',
      expand: ({ x }, { blockShape, paddings }) => blocksToBatch(pad(x, everyAxis(x, paddings)), blockShape),
    },
  ],
  traits: { linear: ['x'], routes: { x: 'whole' } },
  gradient: {
    x: ({ x }, { dy, attrs: { blockShape, paddings } }) => reshape(batchToSpaceND(dy, blockShape, paddings), x.shape),
  },
});

const everyAxis = (x: Sym, paddings: Pairs): Pairs => x.shape.map((_, i) => paddings[i - 1] ?? [0, 0]);

/**
 * Pads spatial dimensions with zeros and splits them into blocks: the elements at one position of all blocks become one image of the batch,
 * which grows by the number of elements of a block.
 * @throws ShapeError for a padded dimension that is not a multiple of its block size
 */
export function spaceToBatchND(
  x: SymLike,
  blockShape: readonly number[],
  paddings: readonly (readonly [DimLike, DimLike])[],
): Sym {
  return SpaceToBatchND.node(
    { x: lift(x) },
    { blockShape, paddings: paddings.map(([before, after]) => [toDim(before), toDim(after)] as const) },
  );
}

export const doc: OpDoc = {
  summary: 'The places within blocks of pixels as part of the batch.',
  forward: 'y_{(b_2 p + q) N + n, \\, i, j} = x_{n, \\, b_1 i + p, \\, b_2 j + q}',
  gradient: { x: '\\text{batchToSpaceND of } \\bar y' },
  source:
    'Yu and Koltun, "Multi-scale context aggregation by dilated convolutions" (2016): a dilated convolution in blocks',
};
