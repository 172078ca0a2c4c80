// Written by scripts/catalogue.mjs: do not edit.
import { expose } from '../../engine/expose.ts';
import * as own from './exports.ts';

export type * from './exports.ts';
export { regularizers } from './exports.ts';

export const averagePooling1d: typeof own.averagePooling1d = /* @__PURE__ */ expose(
  'averagePooling1d',
  'x:y options?:{strides?:n[n],padding?:s,poolSize?:n[n]}',
  own.averagePooling1d,
);
export const averagePooling2d: typeof own.averagePooling2d = /* @__PURE__ */ expose(
  'averagePooling2d',
  'x:y options?:{poolSize?:n[n],strides?:n[n],padding?:s,dataFormat?:s}',
  own.averagePooling2d,
);
export const averagePooling3d: typeof own.averagePooling3d = /* @__PURE__ */ expose(
  'averagePooling3d',
  'x:y options?:{poolSize?:n[n],strides?:n[n],padding?:s,dataFormat?:s}',
  own.averagePooling3d,
);
export const batchNorm: typeof own.batchNorm = /* @__PURE__ */ expose(
  'batchNorm',
  'x:y options?:{training?:b,axis?:n,momentum?:n,movingMeanInitializer?:nbai,movingVarianceInitializer?:nbai,epsilon?:n,center?:b,scale?:b,betaInitializer?:nbai,gammaInitializer?:nbai,betaRegularizer?:R,gammaRegularizer?:R,name?:s,trainable?:b,share?:b,graph?:o,activityRegularizer?:R}',
  own.batchNorm,
);
export const batchNormalization: typeof own.batchNormalization = /* @__PURE__ */ expose(
  'batchNormalization',
  'x:y options?:{training?:b,axis?:n,momentum?:n,movingMeanInitializer?:nbai,movingVarianceInitializer?:nbai,epsilon?:n,center?:b,scale?:b,betaInitializer?:nbai,gammaInitializer?:nbai,betaRegularizer?:R,gammaRegularizer?:R,name?:s,trainable?:b,share?:b,graph?:o,activityRegularizer?:R}',
  own.batchNormalization,
);
export const bidirectional: typeof own.bidirectional = /* @__PURE__ */ expose(
  'bidirectional',
  'x:y options:o',
  own.bidirectional,
);
export const conv1d: typeof own.conv1d = /* @__PURE__ */ expose(
  'conv1d',
  'x:y options:{padding?:s,name?:s,strides?:n[n],activation?:F,filters:n,dilationRate?:n[n],kernelSize:n[n],trainable?:b,share?:b,graph?:o,activityRegularizer?:R,useBias?:b,biasInitializer?:nbai,biasRegularizer?:R,kernelInitializer?:nbai,kernelRegularizer?:R}',
  own.conv1d,
);
export const conv2d: typeof own.conv2d = /* @__PURE__ */ expose(
  'conv2d',
  'x:y options:{filters:n,dilationRate?:n[n],kernelSize:n[n],strides?:n[n],padding?:s,activation?:F,name?:s,trainable?:b,share?:b,graph?:o,activityRegularizer?:R,useBias?:b,biasInitializer?:nbai,biasRegularizer?:R,kernelInitializer?:nbai,kernelRegularizer?:R,dataFormat?:s}',
  own.conv2d,
);
export const conv2dTranspose: typeof own.conv2dTranspose = /* @__PURE__ */ expose(
  'conv2dTranspose',
  'x:y options:{name?:s,strides?:n[n],activation?:F,padding?:s,filters:n,kernelSize:n[n],trainable?:b,share?:b,graph?:o,activityRegularizer?:R,useBias?:b,biasInitializer?:nbai,biasRegularizer?:R,kernelInitializer?:nbai,kernelRegularizer?:R,dataFormat?:s}',
  own.conv2dTranspose,
);
export const conv3d: typeof own.conv3d = /* @__PURE__ */ expose(
  'conv3d',
  'x:y options:{filters:n,dilationRate?:n[n],kernelSize:n[n],strides?:n[n],padding?:s,activation?:F,name?:s,trainable?:b,share?:b,graph?:o,activityRegularizer?:R,useBias?:b,biasInitializer?:nbai,biasRegularizer?:R,kernelInitializer?:nbai,kernelRegularizer?:R,dataFormat?:s}',
  own.conv3d,
);
export const dense: typeof own.dense = /* @__PURE__ */ expose(
  'dense',
  'x:y options:{units:n,activation?:F,name?:s,trainable?:b,share?:b,graph?:o,activityRegularizer?:R,kernelInitializer?:nbai,kernelRegularizer?:R,useBias?:b,biasInitializer?:nbai,biasRegularizer?:R}',
  own.dense,
);
export const depthwiseConv2d: typeof own.depthwiseConv2d = /* @__PURE__ */ expose(
  'depthwiseConv2d',
  'x:y options:{depthMultiplier?:n,dilationRate?:n[n],depthwiseInitializer?:nbai,depthwiseRegularizer?:R,kernelSize:n[n],strides?:n[n],padding?:s,activation?:F,name?:s,trainable?:b,share?:b,graph?:o,activityRegularizer?:R,useBias?:b,biasInitializer?:nbai,biasRegularizer?:R,dataFormat?:s}',
  own.depthwiseConv2d,
);
export const dropout: typeof own.dropout = /* @__PURE__ */ expose(
  'dropout',
  'x:y options:{rate:n,noiseShape?:[nsdz],training?:b}',
  own.dropout,
);
export const embedding: typeof own.embedding = /* @__PURE__ */ expose(
  'embedding',
  'ids:y options:{inputDim:n,outputDim:n,embeddingsInitializer?:nbai,embeddingsRegularizer?:R,name?:s,trainable?:b,share?:b,graph?:o,activityRegularizer?:R}',
  own.embedding,
);
export const flatten: typeof own.flatten = /* @__PURE__ */ expose('flatten', 'x:y', own.flatten);
export const globalAveragePooling1d: typeof own.globalAveragePooling1d = /* @__PURE__ */ expose(
  'globalAveragePooling1d',
  'x:y',
  own.globalAveragePooling1d,
);
export const globalAveragePooling2d: typeof own.globalAveragePooling2d = /* @__PURE__ */ expose(
  'globalAveragePooling2d',
  'x:y options?:{dataFormat?:s}',
  own.globalAveragePooling2d,
);
export const globalMaxPooling1d: typeof own.globalMaxPooling1d = /* @__PURE__ */ expose(
  'globalMaxPooling1d',
  'x:y',
  own.globalMaxPooling1d,
);
export const globalMaxPooling2d: typeof own.globalMaxPooling2d = /* @__PURE__ */ expose(
  'globalMaxPooling2d',
  'x:y options?:{dataFormat?:s}',
  own.globalMaxPooling2d,
);
export const groupNormalization: typeof own.groupNormalization = /* @__PURE__ */ expose(
  'groupNormalization',
  'x:y options?:{groups?:n,axis?:n,epsilon?:n,center?:b,scale?:b,betaInitializer?:nbai,gammaInitializer?:nbai,betaRegularizer?:R,gammaRegularizer?:R,name?:s,trainable?:b,share?:b,graph?:o,activityRegularizer?:R}',
  own.groupNormalization,
);
export const gru: typeof own.gru = /* @__PURE__ */ expose(
  'gru',
  'x:y options:{resetAfter?:b,recurrentActivation?:F,units:n,activation?:F,recurrentInitializer?:nbai,recurrentRegularizer?:R,dropout?:n,recurrentDropout?:n,training?:b,returnSequences?:b,goBackwards?:b,initialState?:[y],name?:s,trainable?:b,share?:b,graph?:o,activityRegularizer?:R,kernelInitializer?:nbai,kernelRegularizer?:R,useBias?:b,biasInitializer?:nbai,biasRegularizer?:R}',
  own.gru,
);
export const layerNorm: typeof own.layerNorm = /* @__PURE__ */ expose(
  'layerNorm',
  'x:y options?:{axis?:n[n],epsilon?:n,center?:b,scale?:b,betaInitializer?:nbai,gammaInitializer?:nbai,betaRegularizer?:R,gammaRegularizer?:R,name?:s,trainable?:b,share?:b,graph?:o,activityRegularizer?:R}',
  own.layerNorm,
);
export const layerNormalization: typeof own.layerNormalization = /* @__PURE__ */ expose(
  'layerNormalization',
  'x:y options?:{axis?:n[n],epsilon?:n,center?:b,scale?:b,betaInitializer?:nbai,gammaInitializer?:nbai,betaRegularizer?:R,gammaRegularizer?:R,name?:s,trainable?:b,share?:b,graph?:o,activityRegularizer?:R}',
  own.layerNormalization,
);
export const lstm: typeof own.lstm = /* @__PURE__ */ expose(
  'lstm',
  'x:y options:{unitForgetBias?:b,recurrentActivation?:F,units:n,activation?:F,recurrentInitializer?:nbai,recurrentRegularizer?:R,dropout?:n,recurrentDropout?:n,training?:b,returnSequences?:b,goBackwards?:b,initialState?:[y],name?:s,trainable?:b,share?:b,graph?:o,activityRegularizer?:R,kernelInitializer?:nbai,kernelRegularizer?:R,useBias?:b,biasInitializer?:nbai,biasRegularizer?:R}',
  own.lstm,
);
export const maxPooling1d: typeof own.maxPooling1d = /* @__PURE__ */ expose(
  'maxPooling1d',
  'x:y options?:{strides?:n[n],padding?:s,poolSize?:n[n]}',
  own.maxPooling1d,
);
export const maxPooling2d: typeof own.maxPooling2d = /* @__PURE__ */ expose(
  'maxPooling2d',
  'x:y options?:{poolSize?:n[n],strides?:n[n],padding?:s,dataFormat?:s}',
  own.maxPooling2d,
);
export const maxPooling3d: typeof own.maxPooling3d = /* @__PURE__ */ expose(
  'maxPooling3d',
  'x:y options?:{poolSize?:n[n],strides?:n[n],padding?:s,dataFormat?:s}',
  own.maxPooling3d,
);
export const multiHeadAttention: typeof own.multiHeadAttention = /* @__PURE__ */ expose(
  'multiHeadAttention',
  'query:y value:y options:{numHeads:n,keyDim:n,valueDim?:n,outputShape?:n,key?:y,attentionMask?:y,useCausalMask?:b,dropout?:n,training?:b,kernelInitializer?:nbaio,kernelRegularizer?:Ro,useBias?:bo,biasInitializer?:nbaio,biasRegularizer?:Ro,name?:s,trainable?:b,share?:b,graph?:o,activityRegularizer?:R}',
  own.multiHeadAttention,
);
export const regularized: typeof own.regularized = /* @__PURE__ */ expose('regularized', 'loss:y', own.regularized);
export const repeatVector: typeof own.repeatVector = /* @__PURE__ */ expose(
  'repeatVector',
  'x:y options:{n:n}',
  own.repeatVector,
);
export const separableConv2d: typeof own.separableConv2d = /* @__PURE__ */ expose(
  'separableConv2d',
  'x:y options:{filters:n,pointwiseInitializer?:nbai,pointwiseRegularizer?:R,depthMultiplier?:n,dilationRate?:n[n],depthwiseInitializer?:nbai,depthwiseRegularizer?:R,kernelSize:n[n],strides?:n[n],padding?:s,activation?:F,name?:s,trainable?:b,share?:b,graph?:o,activityRegularizer?:R,useBias?:b,biasInitializer?:nbai,biasRegularizer?:R,dataFormat?:s}',
  own.separableConv2d,
);
export const simpleRNN: typeof own.simpleRNN = /* @__PURE__ */ expose(
  'simpleRNN',
  'x:y options:{units:n,activation?:F,recurrentInitializer?:nbai,recurrentRegularizer?:R,dropout?:n,recurrentDropout?:n,training?:b,returnSequences?:b,goBackwards?:b,initialState?:[y],name?:s,trainable?:b,share?:b,graph?:o,activityRegularizer?:R,kernelInitializer?:nbai,kernelRegularizer?:R,useBias?:b,biasInitializer?:nbai,biasRegularizer?:R}',
  own.simpleRNN,
);
export const upSampling2d: typeof own.upSampling2d = /* @__PURE__ */ expose(
  'upSampling2d',
  'x:y options?:{size?:n[n],dataFormat?:s,interpolation?:s}',
  own.upSampling2d,
);
export const variablesOf: typeof own.variablesOf = /* @__PURE__ */ expose('variablesOf', 'given:yo', own.variablesOf);
