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
  // tfjs's kernels are made of the same parts, which passes cannot see
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
 * Spatial dimensions, padded with zeros, cut into blocks: element [i, j] of every block goes to one image of the batch,
 * which grows by the number of elements of a block.
 * @throws ShapeError for a padded dimension that does not divide by its block
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
export const samples = () => [
  sample(
    { x: uniform(['$n', 2, 4, 1]) },
    {
      attrs: {
        blockShape: [2, 2],
        paddings: [
          [0, 0],
          [0, 0],
        ],
      },
    },
  ),
  sample(
    { x: uniform(['$n', 3, 4]) },
    {
      attrs: {
        blockShape: [2, 3],
        paddings: [
          [0, 1],
          [1, 1],
        ],
      },
      note: 'padded',
    },
  ),
  sample({ x: uniform([2, '$h', 2]) }, { attrs: { blockShape: [2], paddings: [[0, 0]] }, note: 'an unknown size' }),
  sample(
    { x: uniform([1, 2, 2, 2, 1]) },
    {
      attrs: {
        blockShape: [1, 2, 2],
        paddings: [
          [1, 0],
          [0, 0],
          [0, 0],
        ],
      },
    },
  ),
  sample(
    { x: uniform([2, 4, 3]) },
    { attrs: { blockShape: [2], paddings: [[1, 1]] }, note: 'a rest of the dimensions' },
  ),
  sample({ x: uniform([0, 2, 2]) }, { attrs: { blockShape: [2], paddings: [[0, 0]] }, note: 'zero elements' }),
  sample(
    { x: integers([1, 4], -5, 5) },
    { attrs: { blockShape: [2], paddings: [[1, 1]] }, notDifferentiable: 'integers' },
  ),
  sample({ x: bools([1, 4]) }, { attrs: { blockShape: [2], paddings: [[1, 1]] }, notDifferentiable: 'bools' }),
];
