// Written by scripts/catalogue.mjs: do not edit.
export { CropAndResize, cropAndResize } from './crop-and-resize.ts';
export { FlipLeftRight, flipLeftRight } from './flip-left-right.ts';
export { grayscaleToRGB } from './grayscale-to-rgb.ts';
export { ResizeBilinear, resizeBilinear } from './resize-bilinear.ts';
export { ResizeBilinearGrad, resizeBilinearGrad } from './resize-bilinear-grad.ts';
export { ResizeNearestNeighbor, resizeNearestNeighbor } from './resize-nearest-neighbor.ts';
export { ResizeNearestNeighborGrad, resizeNearestNeighborGrad } from './resize-nearest-neighbor-grad.ts';
export { rgbToGrayscale } from './rgb-to-grayscale.ts';
export { RotateWithOffset, rotateWithOffset } from './rotate-with-offset.ts';
export { RotateWithOffsetGrad, rotateWithOffsetGrad } from './rotate-with-offset-grad.ts';
export { threshold } from './threshold.ts';
export { Transform, transform } from './transform.ts';
export {
  nonMaxSuppression,
  nonMaxSuppressionAsync,
  nonMaxSuppressionPadded,
  nonMaxSuppressionPaddedAsync,
  nonMaxSuppressionWithScore,
  nonMaxSuppressionWithScoreAsync,
} from './unsupported.ts';
