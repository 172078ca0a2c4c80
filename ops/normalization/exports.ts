// Written by scripts/catalogue.mjs: do not edit.
export { type BatchNormOptions, type BatchNormState, batchNormTraining } from './batch-norm-training.ts';
export { batchNorm, batchNorm2d, batchNorm3d, batchNorm4d, FusedBatchNorm } from './fused-batch-norm.ts';
export { LayerNorm, layerNorm } from './layer-norm.ts';
export { LRN, localResponseNormalization } from './lrn.ts';
export { LRNGrad, lrnGrad } from './lrn-grad.ts';
export { movingAverage } from './moving-average.ts';
