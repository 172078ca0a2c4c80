import type { Dim, OpDoc, Shape, Sym, SymLike } from '../../engine/index.ts';
import { defineOp, dim, lift, product, reshape, sumAxes, ZERO } from '../../engine/index.ts';
import {
  type Alignment,
  areSized,
  inferResizeGrad,
  nearestPixels,
  nearestWeights,
  resizeAttrs,
  resizeBackBy,
  sizesOf,
} from './resize.ts';
import { resizeNearestNeighbor } from './resize-nearest-neighbor.ts';

/** Uses only the shape of the images. */
export const ResizeNearestNeighborGrad = defineOp({
  name: 'ResizeNearestNeighborGrad',
  inputs: ['images', 'dy'],
  attrs: resizeAttrs,
  infer: ({ images, dy }, attrs) => inferResizeGrad(images, dy, attrs),
  lowering: [
    {
      kind: 'kernel',
      // the kernels do not support half pixel centers, and hang, or give zeros, if corners are aligned along an axis with one input pixel
      when: ({ images }, { alignCorners, halfPixelCenters }) =>
        !halfPixelCenters && !(alignCorners && sizesOf(images).some((d) => typeof d !== 'number' || d === 1)),
    },
    {
      kind: 'composite',
      ready: ({ images, dy }) => areSized(images, sizesOf(dy)),
      expand: ({ images, dy }, attrs) =>
        blockSums(dy, images.shape, attrs) ?? resizeBackBy(nearestWeights, dy, images.shape, attrs),
    },
  ],
  traits: { linear: ['dy'], routes: { dy: 'whole' } },
  gradient: {
    images: ZERO,
    dy: (_inputs, { dy, attrs }) => resizeNearestNeighbor(dy, attrs.size, attrs.alignCorners, attrs.halfPixelCenters),
  },
});

/** The gradient as sums of blocks, if each pixel was copied to a block; undefined if not. */
function blockSums(dy: Sym, shape: Shape, alignment: Alignment): Sym | undefined {
  const [n, h, w, c] = shape as readonly [Dim, Dim, Dim, Dim];
  const [height, width] = [1, 2].map((axis) => blockSize(shape[axis]!, dy.shape[axis]!, alignment));
  if (height === undefined || width === undefined) return undefined;
  const rows = sumAxes(reshape(dy, [dim.mul(n, h), height, product([w, width, c])]), [1]);
  return reshape(sumAxes(reshape(rows, [product([n, h, w]), width, c]), [1]), shape);
}

/** The number of pixels that each pixel was copied to, if it is the same for all. */
function blockSize(from: Dim, to: Dim, alignment: Alignment): number | undefined {
  const [n, m] = [from, to] as [number, number];
  const size = m / n;
  const even = Number.isInteger(size) && nearestPixels(n, m, alignment).every((p, i) => p === Math.floor(i / size));
  return even ? size : undefined;
}

/** The gradient of resizeNearestNeighbor in its images, given that of its result. @throws ShapeError, DTypeError */
export function resizeNearestNeighborGrad(
  dy: SymLike,
  images: SymLike,
  alignCorners = false,
  halfPixelCenters = false,
): Sym {
  const cotangent = lift(dy);
  return ResizeNearestNeighborGrad.node(
    { images, dy: cotangent },
    { alignCorners, halfPixelCenters, size: cotangent.shape.slice(1, 3) },
  );
}

export const doc: OpDoc = {
  summary: 'The gradient of resizeNearestNeighbor.',
  forward: '\\bar x_{k l} = \\sum_{i, j : \\, k(i) = k, \\, k(j) = l} \\bar y_{i j}',
  gradient: { dy: '\\bar{\\bar x}_{k(i) k(j)}', images: 'zero' },
  source: 'the adjoint of copying pixels is adding them up',
};
