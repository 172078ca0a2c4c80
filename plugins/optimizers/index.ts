// Written by scripts/catalogue.mjs: do not edit.
import { expose } from '../../engine/expose.ts';
import * as own from './exports.ts';

export * from './exports.ts';
export const accumulate: typeof own.accumulate = /* @__PURE__ */ expose('accumulate', 'optimizer:o options:{steps:n}', own.accumulate);
export const adadelta: typeof own.adadelta = /* @__PURE__ */ expose('adadelta', 'options?:{learningRate?:ynf,rho?:n,epsilon?:n,divisor?:s,name?:s,frozen?:fr[y],groups?:[o],clipValue?:n,clipNorm?:n}', own.adadelta);
export const adagrad: typeof own.adagrad = /* @__PURE__ */ expose('adagrad', 'options:{learningRate:ynf,initialAccumulatorValue?:n,epsilon?:n,epsilonPlace?:s,name?:s,frozen?:fr[y],groups?:[o],clipValue?:n,clipNorm?:n}', own.adagrad);
export const adam: typeof own.adam = /* @__PURE__ */ expose('adam', 'options?:{learningRate?:ynf,beta1?:n,beta2?:n,epsilon?:n,name?:s,frozen?:fr[y],groups?:[o],clipValue?:n,clipNorm?:n}', own.adam);
export const adamax: typeof own.adamax = /* @__PURE__ */ expose('adamax', 'options?:{learningRate?:ynf,beta1?:n,beta2?:n,epsilon?:n,name?:s,frozen?:fr[y],groups?:[o],clipValue?:n,clipNorm?:n}', own.adamax);
export const adamW: typeof own.adamW = /* @__PURE__ */ expose('adamW', 'options?:{weightDecay?:n,withoutDecay?:fr[y],learningRate?:ynf,beta1?:n,beta2?:n,epsilon?:n,name?:s,frozen?:fr[y],groups?:[o],clipValue?:n,clipNorm?:n}', own.adamW);
export const clipByGlobalNorm: typeof own.clipByGlobalNorm = /* @__PURE__ */ expose('clipByGlobalNorm', 'values:yr[y] maxNorm:v', own.clipByGlobalNorm);
export const clipByValue: typeof own.clipByValue = /* @__PURE__ */ expose('clipByValue', 'values:yr[y] min:n max:n', own.clipByValue);
export const ema: typeof own.ema = /* @__PURE__ */ expose('ema', 'updates:[o] options?:{decay?:n,name?:s,variables?:fr[y]}', own.ema);
export const globalNorm: typeof own.globalNorm = /* @__PURE__ */ expose('globalNorm', 'values:yr[y]', own.globalNorm);
export const makeOptimizer: typeof own.makeOptimizer = /* @__PURE__ */ expose('makeOptimizer', 'rule:{kind:s,settings:o,shared:f,update:f} options:o', own.makeOptimizer);
export const momentum: typeof own.momentum = /* @__PURE__ */ expose('momentum', 'options:{learningRate:ynf,momentum?:n,nesterov?:b,velocity?:s,name?:s,frozen?:fr[y],groups?:[o],clipValue?:n,clipNorm?:n}', own.momentum);
export const nesterov: typeof own.nesterov = /* @__PURE__ */ expose('nesterov', 'options:{learningRate:ynf,momentum?:n,velocity?:s,name?:s,frozen?:fr[y],groups?:[o],clipValue?:n,clipNorm?:n}', own.nesterov);
export const rmsprop: typeof own.rmsprop = /* @__PURE__ */ expose('rmsprop', 'options:{learningRate:ynf,decay?:n,momentum?:n,epsilon?:n,epsilonPlace?:s,centered?:b,name?:s,frozen?:fr[y],groups?:[o],clipValue?:n,clipNorm?:n}', own.rmsprop);
export const sgd: typeof own.sgd = /* @__PURE__ */ expose('sgd', 'options:{learningRate:ynf,name?:s,frozen?:fr[y],groups?:[o],clipValue?:n,clipNorm?:n}', own.sgd);
export const trainableVariables: typeof own.trainableVariables = /* @__PURE__ */ expose('trainableVariables', 'y:y', own.trainableVariables);
