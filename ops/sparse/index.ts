// Written by scripts/catalogue.mjs: do not edit.
import { expose } from '../../engine/expose.ts';
import * as own from './exports.ts';

export * from './exports.ts';
export const sparseFillEmptyRows: typeof own.sparseFillEmptyRows = /* @__PURE__ */ expose('sparse.sparseFillEmptyRows', '...args:*', own.sparseFillEmptyRows);
export const sparseReshape: typeof own.sparseReshape = /* @__PURE__ */ expose('sparse.sparseReshape', '...args:*', own.sparseReshape);
export const sparseSegmentMean: typeof own.sparseSegmentMean = /* @__PURE__ */ expose('sparse.sparseSegmentMean', 'data:v indices:v segmentIds:v options?:{numSegments?:nsdz}', own.sparseSegmentMean);
export const sparseSegmentSum: typeof own.sparseSegmentSum = /* @__PURE__ */ expose('sparse.sparseSegmentSum', 'data:v indices:v segmentIds:v options?:{numSegments?:nsdz}', own.sparseSegmentSum);
