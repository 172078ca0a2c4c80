// Written by scripts/catalogue.mjs: do not edit.
export { Bincount, bincount } from './bincount.ts';
export { confusionMatrix } from './confusion-matrix.ts';
export { DenseBincount, denseBincount } from './dense-bincount.ts';
export { Diag, diag } from './diag.ts';
export { embeddingLookup } from './embedding-lookup.ts';
export { eye } from './eye.ts';
export { GatherV2, gather } from './gather.ts';
export { GatherNd, gatherND } from './gather-nd.ts';
export { OneHot, oneHot } from './one-hot.ts';
export { ScatterNd, scatterND } from './scatter-nd.ts';
export { SparseToDense, sparseToDense } from './sparse-to-dense.ts';
export { TensorScatterUpdate, tensorScatterUpdate } from './tensor-scatter-update.ts';
export { UnsortedSegmentSum, unsortedSegmentSum } from './unsorted-segment-sum.ts';
export * from './unsupported.ts';
