// Written by scripts/catalogue.mjs: do not edit.
import { expose } from '../../engine/expose.ts';
import * as own from './exports.ts';

export * from './exports.ts';
export const cropAndResize: typeof own.cropAndResize = /* @__PURE__ */ expose('image.cropAndResize', 'image:v boxes:v boxInd:v cropSize:[n] method?:s extrapolationValue?:n', own.cropAndResize);
export const flipLeftRight: typeof own.flipLeftRight = /* @__PURE__ */ expose('image.flipLeftRight', 'image:v', own.flipLeftRight);
export const grayscaleToRGB: typeof own.grayscaleToRGB = /* @__PURE__ */ expose('image.grayscaleToRGB', 'image:v', own.grayscaleToRGB);
export const nonMaxSuppression: typeof own.nonMaxSuppression = /* @__PURE__ */ expose('image.nonMaxSuppression', '...args:*', own.nonMaxSuppression);
export const nonMaxSuppressionAsync: typeof own.nonMaxSuppressionAsync = /* @__PURE__ */ expose('image.nonMaxSuppressionAsync', '...args:*', own.nonMaxSuppressionAsync);
export const nonMaxSuppressionPadded: typeof own.nonMaxSuppressionPadded = /* @__PURE__ */ expose('image.nonMaxSuppressionPadded', '...args:*', own.nonMaxSuppressionPadded);
export const nonMaxSuppressionPaddedAsync: typeof own.nonMaxSuppressionPaddedAsync = /* @__PURE__ */ expose('image.nonMaxSuppressionPaddedAsync', '...args:*', own.nonMaxSuppressionPaddedAsync);
export const nonMaxSuppressionWithScore: typeof own.nonMaxSuppressionWithScore = /* @__PURE__ */ expose('image.nonMaxSuppressionWithScore', '...args:*', own.nonMaxSuppressionWithScore);
export const nonMaxSuppressionWithScoreAsync: typeof own.nonMaxSuppressionWithScoreAsync = /* @__PURE__ */ expose('image.nonMaxSuppressionWithScoreAsync', '...args:*', own.nonMaxSuppressionWithScoreAsync);
export const resizeBilinear: typeof own.resizeBilinear = /* @__PURE__ */ expose('image.resizeBilinear', 'images:v size:[nsdz] alignCorners?:b halfPixelCenters?:b', own.resizeBilinear);
export const resizeBilinearGrad: typeof own.resizeBilinearGrad = /* @__PURE__ */ expose('image.resizeBilinearGrad', 'dy:v images:v alignCorners?:b halfPixelCenters?:b', own.resizeBilinearGrad);
export const resizeNearestNeighbor: typeof own.resizeNearestNeighbor = /* @__PURE__ */ expose('image.resizeNearestNeighbor', 'images:v size:[nsdz] alignCorners?:b halfPixelCenters?:b', own.resizeNearestNeighbor);
export const resizeNearestNeighborGrad: typeof own.resizeNearestNeighborGrad = /* @__PURE__ */ expose('image.resizeNearestNeighborGrad', 'dy:v images:v alignCorners?:b halfPixelCenters?:b', own.resizeNearestNeighborGrad);
export const rgbToGrayscale: typeof own.rgbToGrayscale = /* @__PURE__ */ expose('image.rgbToGrayscale', 'image:v', own.rgbToGrayscale);
export const rotateWithOffset: typeof own.rotateWithOffset = /* @__PURE__ */ expose('image.rotateWithOffset', 'image:v radians:n fillValue?:n[n] center?:n[n]', own.rotateWithOffset);
export const rotateWithOffsetGrad: typeof own.rotateWithOffsetGrad = /* @__PURE__ */ expose('image.rotateWithOffsetGrad', 'dy:v radians:n center?:[n]', own.rotateWithOffsetGrad);
export const threshold: typeof own.threshold = /* @__PURE__ */ expose('image.threshold', 'image:v method?:s inverted?:b threshValue?:n', own.threshold);
export const transform: typeof own.transform = /* @__PURE__ */ expose('image.transform', 'image:v transforms:v interpolation?:s fillMode?:s fillValue?:n outputShape?:[nsdz]', own.transform);
