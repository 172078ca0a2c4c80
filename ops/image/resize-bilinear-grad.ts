import { defineOp, lift, type OpDoc, type Sym, type SymLike, ZERO } from '../../engine/index.ts';
import { areSized, bilinearWeights, inferResizeGrad, resizeAttrs, resizeBackBy, sizesOf } from './resize.ts';
import { resizeBilinear } from './resize-bilinear.ts';

/** Uses only the shape of the images. */
export const ResizeBilinearGrad = defineOp({
  name: 'ResizeBilinearGrad',
  inputs: ['images', 'dy'],
  attrs: resizeAttrs,
  infer: ({ images, dy }, attrs) => inferResizeGrad(images, dy, attrs),
  lowering: [
    // the kernels do not support half pixel centers
    {
      kind: 'kernel',
      when: (_inputs, { halfPixelCenters }) => !halfPixelCenters,
    },
    {
      kind: 'composite',
      ready: ({ images, dy }) => areSized(images, sizesOf(dy)),
      expand: ({ images, dy }, attrs) => resizeBackBy(bilinearWeights, dy, images.shape, attrs),
    },
  ],
  traits: { linear: ['dy'], routes: { dy: 'whole' } },
  gradient: {
    images: ZERO,
    dy: (_inputs, { dy, attrs }) => resizeBilinear(dy, attrs.size, attrs.alignCorners, attrs.halfPixelCenters),
  },
});

/** The gradient of resizeBilinear in its images, given that of its result. @throws ShapeError, DTypeError */
export function resizeBilinearGrad(dy: SymLike, images: SymLike, alignCorners = false, halfPixelCenters = false): Sym {
  const cotangent = lift(dy);
  return ResizeBilinearGrad.node(
    { images, dy: cotangent },
    { alignCorners, halfPixelCenters, size: cotangent.shape.slice(1, 3) },
  );
}

export const doc: OpDoc = {
  summary: 'The gradient of resizeBilinear.',
  forward: '\\bar X = R_h^\\top \\bar Y R_w',
  gradient: { dy: 'R_h \\bar{\\bar X} R_w^\\top', images: 'zero' },
  source: 'the transpose of a separable linear map',
};
