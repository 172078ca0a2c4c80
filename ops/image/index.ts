// Written by scripts/catalogue.mjs: do not edit.
export { ResizeBilinear, resizeBilinear } from './resize-bilinear.ts';
export { ResizeBilinearGrad, resizeBilinearGrad } from './resize-bilinear-grad.ts';
export { ResizeNearestNeighbor, resizeNearestNeighbor } from './resize-nearest-neighbor.ts';
export { ResizeNearestNeighborGrad, resizeNearestNeighborGrad } from './resize-nearest-neighbor-grad.ts';
