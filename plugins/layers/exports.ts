/** Layers: functions that make their variables. Names, arguments and initial values are those of Keras. */
export type { Regularizer } from '../regularizers/index.ts';
export * as regularizers from '../regularizers/index.ts';
export { regularized } from '../regularizers/penalties.ts';
export { type MultiHeadAttentionOptions, multiHeadAttention, type PerProjection } from './attention.ts';
export { type BidirectionalOptions, type BidirectionalOutput, bidirectional } from './bidirectional.ts';
export {
  type Conv1dOptions,
  type Conv2dOptions,
  type Conv2dTransposeOptions,
  type Conv3dOptions,
  conv1d,
  conv2d,
  conv2dTranspose,
  conv3d,
  type DepthwiseConv2dOptions,
  depthwiseConv2d,
  type SeparableConv2dOptions,
  separableConv2d,
} from './convolution.ts';
export { type DenseOptions, dense } from './dense.ts';
export { type DropoutOptions, dropout } from './dropout.ts';
export { type EmbeddingOptions, embedding } from './embedding.ts';
export { flatten } from './flatten.ts';
export { type Activation, type LayerOptions, type LayerVariables, variablesOf } from './layer.ts';
export {
  type BatchNormalizationOptions,
  batchNormalization,
  batchNormalization as batchNorm,
  type GroupNormalizationOptions,
  groupNormalization,
  type LayerNormalizationOptions,
  layerNormalization,
  layerNormalization as layerNorm,
} from './normalization.ts';
export {
  averagePooling1d,
  averagePooling2d,
  averagePooling3d,
  globalAveragePooling1d,
  globalAveragePooling2d,
  globalMaxPooling1d,
  globalMaxPooling2d,
  maxPooling1d,
  maxPooling2d,
  maxPooling3d,
  type Pooling1dOptions,
  type Pooling2dOptions,
  type Pooling3dOptions,
} from './pooling.ts';
export {
  type GruOptions,
  gru,
  type LstmOptions,
  lstm,
  type RecurrentOptions,
  type RecurrentOutput,
  simpleRNN,
} from './recurrent.ts';
export { repeatVector, type UpSampling2dOptions, upSampling2d } from './resizing.ts';
