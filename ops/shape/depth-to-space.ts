import type { Dim, OpDoc, Shape, Sym, SymLike } from '../../engine/index.ts';
import { AttributeError, attr, defineOp, dim, lift, requireEqual, reshape, ShapeError } from '../../engine/index.ts';
import { transpose } from '../matrix/transpose.ts';

type Format = 'NHWC' | 'NCHW';

/** The shape with the channels split to [row of the block, column of the block, channel], and the permutation of its six dims. */
interface Blocks {
  readonly split: Shape;
  readonly perm: readonly number[];
}

function blocksOf(shape: Shape, blockSize: number, format: Format): Blocks {
  const [n, ...rest] = shape as readonly [Dim, Dim, Dim, Dim];
  const [h, w, c] = format === 'NHWC' ? rest : ([rest[1], rest[2], rest[0]] as const);
  const depth = dim.floorDiv(c, blockSize * blockSize);
  return format === 'NHWC'
    ? { split: [n, h, w, blockSize, blockSize, depth], perm: [0, 1, 3, 2, 4, 5] }
    : { split: [n, blockSize, blockSize, depth, h, w], perm: [0, 3, 4, 1, 5, 2] };
}

function joined(shape: Shape, blockSize: number, format: Format): Shape {
  const [n, ...rest] = shape as readonly [Dim, Dim, Dim, Dim];
  const channels = format === 'NHWC' ? 2 : 0;
  return [n, ...rest.map((d, i) => (i === channels ? dim.floorDiv(d, blockSize * blockSize) : dim.mul(d, blockSize)))];
}

export const DepthToSpace = defineOp({
  name: 'DepthToSpace',
  inputs: ['x'],
  attrs: { blockSize: attr.int(), dataFormat: attr.oneOf(['NHWC', 'NCHW'], 'NHWC') },
  infer: ({ x }, { blockSize, dataFormat }) => {
    if (x.shape.length !== 4) throw new ShapeError(`images of rank ${x.shape.length}, not 4`);
    if (blockSize < 2) throw new AttributeError(`blocks of ${blockSize} pixels a side; at least 2 are rearranged`);
    const depth = x.shape[dataFormat === 'NHWC' ? 3 : 1]!;
    requireEqual(dim.mod(depth, blockSize ** 2), 0, `what is left of the channels by blocks of ${blockSize ** 2}`);
    return [{ dtype: x.dtype, shape: joined(x.shape, blockSize, dataFormat) }];
  },
  lowering: [
    { kind: 'kernel', when: ({ x }) => x.dtype === 'float32' },
    {
      kind: 'composite',
      expand: ({ x }, { blockSize, dataFormat }) => {
        const { split, perm } = blocksOf(x.shape, blockSize, dataFormat);
        return reshape(transpose(reshape(x, split), perm), joined(x.shape, blockSize, dataFormat));
      },
    },
  ],
  traits: { linear: ['x'], routes: { x: 'whole' } },
  gradient: {
    x: ({ x }, { dy, attrs: { blockSize, dataFormat } }) => {
      const { split, perm } = blocksOf(x.shape, blockSize, dataFormat);
      const blocks = reshape(
        dy,
        perm.map((p) => split[p]!),
      );
      return reshape(
        transpose(
          blocks,
          perm.map((_, i) => perm.indexOf(i)),
        ),
        x.shape,
      );
    },
  },
});

/**
 * Moves channels to pixels: the b^2 c channels of each pixel become a block of b by b pixels with c channels.
 * @throws ShapeError for another rank than 4, and for channels that are not a multiple of b^2
 */
export const depthToSpace = (x: SymLike, blockSize: number, dataFormat: Format = 'NHWC'): Sym =>
  DepthToSpace.node({ x: lift(x) }, { blockSize, dataFormat });

export const doc: OpDoc = {
  summary: 'Channels rearranged into blocks of pixels.',
  forward: 'y_{n, \\, b i + p, \\, b j + q, \\, c} = x_{n, i, j, \\, (b p + q) C + c}',
  gradient: { x: '\\bar x_{n, i, j, \\, (b p + q) C + c} = \\bar y_{n, \\, b i + p, \\, b j + q, \\, c}' },
  source: 'Shi et al., "Real-time single image and video super-resolution" (2016), eq. (4)',
};
