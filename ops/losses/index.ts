// Written by scripts/catalogue.mjs: do not edit.
import { expose } from '../../engine/expose.ts';
import * as own from './exports.ts';

export * from './exports.ts';
export const absoluteDifference: typeof own.absoluteDifference = /* @__PURE__ */ expose('losses.absoluteDifference', 'labels:v predictions:v weights?:vz reduction?:n', own.absoluteDifference);
export const computeWeightedLoss: typeof own.computeWeightedLoss = /* @__PURE__ */ expose('losses.computeWeightedLoss', 'losses:v weights?:vz reduction?:n', own.computeWeightedLoss);
export const cosineDistance: typeof own.cosineDistance = /* @__PURE__ */ expose('losses.cosineDistance', 'labels:v predictions:v axis:n weights?:vz reduction?:n', own.cosineDistance);
export const halfSquaredError: typeof own.halfSquaredError = /* @__PURE__ */ expose('losses.halfSquaredError', 'labels:v predictions:v options?:{averageOverSamples?:b}', own.halfSquaredError);
export const hingeLoss: typeof own.hingeLoss = /* @__PURE__ */ expose('losses.hingeLoss', 'labels:v predictions:v weights?:vz reduction?:n', own.hingeLoss);
export const huberLoss: typeof own.huberLoss = /* @__PURE__ */ expose('losses.huberLoss', 'labels:v predictions:v weights?:vz delta?:n reduction?:n', own.huberLoss);
export const logLoss: typeof own.logLoss = /* @__PURE__ */ expose('losses.logLoss', 'labels:v predictions:v weights?:vz epsilon?:n reduction?:n', own.logLoss);
export const meanSquaredError: typeof own.meanSquaredError = /* @__PURE__ */ expose('losses.meanSquaredError', 'labels:v predictions:v weights?:vz reduction?:n', own.meanSquaredError);
export const sigmoidCrossEntropy: typeof own.sigmoidCrossEntropy = /* @__PURE__ */ expose('losses.sigmoidCrossEntropy', 'multiClassLabels:v logits:v weights?:vz labelSmoothing?:n reduction?:n', own.sigmoidCrossEntropy);
export const softmaxCrossEntropy: typeof own.softmaxCrossEntropy = /* @__PURE__ */ expose('losses.softmaxCrossEntropy', 'onehotLabels:v logits:v weights?:vz labelSmoothing?:n reduction?:n', own.softmaxCrossEntropy);
export const sparseSoftmaxCrossEntropy: typeof own.sparseSoftmaxCrossEntropy = /* @__PURE__ */ expose('losses.sparseSoftmaxCrossEntropy', 'labels:v logits:v weights?:vz reduction?:n', own.sparseSoftmaxCrossEntropy);
export const sumOfSquaredErrors: typeof own.sumOfSquaredErrors = /* @__PURE__ */ expose('losses.sumOfSquaredErrors', 'labels:v predictions:v options?:{averageOverSamples?:b}', own.sumOfSquaredErrors);
