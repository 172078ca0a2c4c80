// Written by scripts/catalogue.mjs: do not edit.
import { expose } from '../../../engine/expose.ts';
import * as own from './exports.ts';

export * from './exports.ts';
export const binaryAccuracy: typeof own.binaryAccuracy = /* @__PURE__ */ expose('metrics.binaryAccuracy', 'labels:v predictions:v threshold?:n', own.binaryAccuracy);
export const categoricalAccuracy: typeof own.categoricalAccuracy = /* @__PURE__ */ expose('metrics.categoricalAccuracy', 'labels:v predictions:v', own.categoricalAccuracy);
export const meanAbsoluteError: typeof own.meanAbsoluteError = /* @__PURE__ */ expose('metrics.meanAbsoluteError', 'labels:v predictions:v', own.meanAbsoluteError);
export const meanSquaredError: typeof own.meanSquaredError = /* @__PURE__ */ expose('metrics.meanSquaredError', 'labels:v predictions:v', own.meanSquaredError);
export const precision: typeof own.precision = /* @__PURE__ */ expose('metrics.precision', 'labels:v predictions:v threshold?:n', own.precision);
export const r2Score: typeof own.r2Score = /* @__PURE__ */ expose('metrics.r2Score', 'labels:v predictions:v', own.r2Score);
export const recall: typeof own.recall = /* @__PURE__ */ expose('metrics.recall', 'labels:v predictions:v threshold?:n', own.recall);
export const sparseCategoricalAccuracy: typeof own.sparseCategoricalAccuracy = /* @__PURE__ */ expose('metrics.sparseCategoricalAccuracy', 'labels:v predictions:v', own.sparseCategoricalAccuracy);
