import { type DimLike, defineOp, type OpDoc, type Sym, type SymLike, toShape } from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import { asBatch } from './images.ts';
import { areSized, bilinearWeights, inferResize, resizeAttrs, resizeBy } from './resize.ts';
import { resizeBilinearGrad } from './resize-bilinear-grad.ts';

export const ResizeBilinear = defineOp({
  name: 'ResizeBilinear',
  inputs: ['images'],
  attrs: resizeAttrs,
  infer: ({ images }, attrs) => inferResize(images, attrs, ['float32']),
  lowering: [
    { kind: 'kernel' },
    {
      kind: 'composite',
      ready: ({ images }, { size }) => areSized(images, size),
      expand: ({ images }, attrs) => resizeBy(bilinearWeights, images, attrs.size, attrs),
    },
  ],
  traits: { linear: ['images'], routes: { images: 'part' } },
  gradient: {
    images: ({ images }, { dy, attrs }) => resizeBilinearGrad(dy, images, attrs.alignCorners, attrs.halfPixelCenters),
  },
});

/**
 * Resizes images, or one image of rank 3, to [height, width], by linear interpolation between pixels.
 * @param alignCorners whether the corner pixels of input and output coincide
 * @param halfPixelCenters whether pixel centers are at 0.5, 1.5, ...
 * @throws ShapeError for another rank; AttributeError for both alignments
 */
export function resizeBilinear(
  images: SymLike,
  size: readonly DimLike[],
  alignCorners = false,
  halfPixelCenters = false,
): Sym {
  return asBatch(float(images), 'resizeBilinear', (batch) =>
    ResizeBilinear.node({ images: batch }, { size: toShape(size), alignCorners, halfPixelCenters }),
  );
}

export const doc: OpDoc = {
  summary: 'Images in another size, linear between pixels.',
  forward: "Y = R_h X R_w^\\top, \\; R_{i k} = \\max(0, 1 - |s(i) - k|), \\; s(i) = i h / h' \\text{, clipped}",
  gradient: { images: 'R_h^\\top \\bar Y R_w' },
  source: 'TensorFlow, ResizeBilinear; a separable linear map, and its transpose',
};
