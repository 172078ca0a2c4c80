// Written by scripts/catalogue.mjs: do not edit.
export { SparseSegmentMean, sparseSegmentMean } from './sparse-segment-mean.ts';
export { SparseSegmentSum, sparseSegmentSum } from './sparse-segment-sum.ts';
export { sparseFillEmptyRows, sparseReshape } from './unsupported.ts';
