// Written by scripts/catalogue.mjs: do not edit.
import { expose } from '../../../engine/expose.ts';
import * as own from './exports.ts';

export const binaryAccuracy: typeof own.binaryAccuracy = /* @__PURE__ */ expose(
  'metrics.binaryAccuracy',
  'labels:v predictions:v threshold?:n',
  own.binaryAccuracy,
);
export const categoricalAccuracy: typeof own.categoricalAccuracy = /* @__PURE__ */ expose(
  'metrics.categoricalAccuracy',
  'labels:v predictions:v',
  own.categoricalAccuracy,
);
export const sparseCategoricalAccuracy: typeof own.sparseCategoricalAccuracy = /* @__PURE__ */ expose(
  'metrics.sparseCategoricalAccuracy',
  'labels:v predictions:v',
  own.sparseCategoricalAccuracy,
);
