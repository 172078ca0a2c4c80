import {
  attr,
  bools,
  type DimLike,
  defineOp,
  integers,
  lift,
  type OpDoc,
  reshape,
  type Sym,
  type SymLike,
  sample,
  toDim,
  uniform,
} from '../../engine/index.ts';
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
export const samples = () => [
  sample(
    { x: uniform([8, 1, 2, 1]) },
    {
      attrs: {
        blockShape: [2, 2],
        crops: [
          [0, 0],
          [0, 0],
        ],
      },
    },
  ),
  sample(
    { x: uniform(['$n', 3, 2]) },
    { attrs: { blockShape: [2], crops: [[1, 2]] }, note: 'an unknown batch, which divides' },
  ),
  sample(
    { x: uniform([6, 2, 1, 2]) },
    {
      attrs: {
        blockShape: [3, 2],
        crops: [
          [1, 2],
          [0, 1],
        ],
      },
      note: 'cropped',
    },
  ),
  sample({ x: uniform([2, '$h', 2]) }, { attrs: { blockShape: [2], crops: [[1, 0]] }, note: 'an unknown size' }),
  sample(
    { x: uniform([4, 1, 2, 1, 1]) },
    {
      attrs: {
        blockShape: [2, 1, 2],
        crops: [
          [0, 0],
          [1, 0],
          [0, 0],
        ],
      },
    },
  ),
  sample(
    { x: uniform([2, 1, 3]) },
    {
      attrs: { blockShape: [2], crops: [[1, 1]] },
      note: 'zero elements are left',
    },
  ),
  sample(
    { x: integers([2, 3], -5, 5) },
    { attrs: { blockShape: [2], crops: [[1, 1]] }, notDifferentiable: 'integers' },
  ),
  sample({ x: bools([2, 3]) }, { attrs: { blockShape: [2], crops: [[1, 1]] }, notDifferentiable: 'bools' }),
];
