/** Layers: functions that make their variables. Names, arguments and initial values are those of Keras. */
export type { Regularizer } from '../regularizers/index.ts';
export * as regularizers from '../regularizers/index.ts';
export { regularized } from '../regularizers/penalties.ts';
export { type MultiHeadAttentionOptions, multiHeadAttention, type PerProjection } from './attention.ts';
export { type BidirectionalOptions, type BidirectionalOutput, bidirectional } from './bidirectional.ts';
export * from './convolution.ts';
export { type DenseOptions, dense } from './dense.ts';
export { type DropoutOptions, dropout } from './dropout.ts';
export { type EmbeddingOptions, embedding } from './embedding.ts';
export { flatten } from './flatten.ts';
export { type Activation, type LayerOptions, type LayerVariables, variablesOf } from './layer.ts';
export * from './normalization.ts';
export { batchNormalization as batchNorm, layerNormalization as layerNorm } from './normalization.ts';
export * from './pooling.ts';
export * from './recurrent.ts';
export { repeatVector, type UpSampling2dOptions, upSampling2d } from './resizing.ts';
