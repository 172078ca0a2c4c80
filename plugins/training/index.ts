// Written by scripts/catalogue.mjs: do not edit.
import { expose } from '../../engine/expose.ts';
import * as own from './exports.ts';

export * from './exports.ts';
export const accuracy: typeof own.accuracy = /* @__PURE__ */ expose('accuracy', 'labels:ao predictions:ao', own.accuracy);
export const batches: typeof own.batches = /* @__PURE__ */ expose('batches', 'data:o options:{batchSize:n,shuffle?:b,seed?:n,epoch?:n,dropRemainder?:b,examples?:n}', own.batches);
export const classesOf: typeof own.classesOf = /* @__PURE__ */ expose('classesOf', 'values:ao', own.classesOf);
export const confusionMatrix: typeof own.confusionMatrix = /* @__PURE__ */ expose('confusionMatrix', 'labels:ao predictions:ao numClasses:n', own.confusionMatrix);
export const earlyStopping: typeof own.earlyStopping = /* @__PURE__ */ expose('earlyStopping', 'options?:{patience?:n,minDelta?:n,baseline?:n,restoreBest?:b,monitor?:s,mode?:s}', own.earlyStopping);
export const fit: typeof own.fit = /* @__PURE__ */ expose('fit', 'program:o data:o options:{epochs:n,validation?:o,metrics?:o,callbacks?:[o],signal?:o,seed?:n,batchSize:n,shuffle?:b,dropRemainder?:b,examples?:n,onBatch?:f,onEpoch?:f}', own.fit);
export const oneHot: typeof own.oneHot = /* @__PURE__ */ expose('oneHot', 'indices:ao depth:n', own.oneHot);
export const reduceLROnPlateau: typeof own.reduceLROnPlateau = /* @__PURE__ */ expose('reduceLROnPlateau', 'options:{learningRate:y,factor?:n,patience?:n,minDelta?:n,cooldown?:n,minLR?:n,monitor?:s,mode?:s}', own.reduceLROnPlateau);
export const shuffle: typeof own.shuffle = /* @__PURE__ */ expose('shuffle', 'n:n options?:{seed?:n,epoch?:n}', own.shuffle);
export const validate: typeof own.validate = /* @__PURE__ */ expose('validate', 'program:o data:o options:{batchSize:n,dropRemainder?:b,examples?:n,metrics?:o,signal?:o}', own.validate);
