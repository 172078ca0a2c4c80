import type { Dim, DimLike, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { constant, defineOp, toShape } from '../../engine/index.ts';
import { gather } from '../indexing/gather.ts';
import { asBatch } from './images.ts';
import { type Alignment, areSized, inferResize, nearestPixels, resizeAttrs } from './resize.ts';
import { resizeNearestNeighborGrad } from './resize-nearest-neighbor-grad.ts';

export const ResizeNearestNeighbor = defineOp({
  name: 'ResizeNearestNeighbor',
  inputs: ['images'],
  attrs: resizeAttrs,
  infer: ({ images }, attrs) => inferResize(images, attrs, ['float32', 'int32']),
  lowering: [
    {
      kind: 'kernel',
      when: ({ images }) => images.dtype === 'float32',
    },
    {
      kind: 'composite',
      ready: ({ images }, { size }) => areSized(images, size),
      expand: ({ images }, { size, ...alignment }) =>
        [1, 2].reduce<Sym>(
          (x, axis) => gather(x, pixels(images.shape[axis]!, size[axis - 1]!, alignment), axis),
          images,
        ),
    },
  ],
  traits: { linear: ['images'], routes: { images: 'part' } },
  gradient: {
    images: ({ images }, { dy, attrs }) =>
      resizeNearestNeighborGrad(dy, images, attrs.alignCorners, attrs.halfPixelCenters),
  },
});

function pixels(from: Dim, to: Dim, alignment: Alignment): Sym {
  const [n, m] = [from, to] as number[];
  return constant(nearestPixels(n!, m!, alignment), 'int32', [m!]);
}

/**
 * Resizes images, or one image of rank 3, to [height, width], by copying the nearest pixel.
 * @param alignCorners whether the corner pixels of input and output coincide
 * @param halfPixelCenters whether pixel centers are at 0.5, 1.5, ...
 * @throws ShapeError for another rank; DTypeError for bools; AttributeError for both alignments
 */
export function resizeNearestNeighbor(
  images: SymLike,
  size: readonly DimLike[],
  alignCorners = false,
  halfPixelCenters = false,
): Sym {
  return asBatch(images, 'resizeNearestNeighbor', (batch) =>
    ResizeNearestNeighbor.node({ images: batch }, { size: toShape(size), alignCorners, halfPixelCenters }),
  );
}

export const doc: OpDoc = {
  summary: 'Images in another size, by copying pixels.',
  forward: "y_{i j} = x_{k(i) k(j)}, \\; k(i) = \\min(\\lfloor i h / h' \\rfloor, h - 1)",
  gradient: { images: '\\bar x_{k l} = \\sum_{i, j : \\, k(i) = k, \\, k(j) = l} \\bar y_{i j}' },
  source: 'TensorFlow, ResizeNearestNeighbor; the adjoint of copying is adding up',
};
