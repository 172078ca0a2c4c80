// Written by scripts/catalogue.mjs: do not edit.
import { expose } from '../../engine/expose.ts';
import * as own from './exports.ts';

export * from './exports.ts';
export const constant: typeof own.constant = /* @__PURE__ */ expose('constant', 'options:{value:n}', own.constant);
export const fans: typeof own.fans = /* @__PURE__ */ expose('fans', 'shape:[n]', own.fans);
export const glorotNormal: typeof own.glorotNormal = /* @__PURE__ */ expose('glorotNormal', 'options?:{seed?:n}', own.glorotNormal);
export const glorotUniform: typeof own.glorotUniform = /* @__PURE__ */ expose('glorotUniform', 'options?:{seed?:n}', own.glorotUniform);
export const heNormal: typeof own.heNormal = /* @__PURE__ */ expose('heNormal', 'options?:{seed?:n}', own.heNormal);
export const heUniform: typeof own.heUniform = /* @__PURE__ */ expose('heUniform', 'options?:{seed?:n}', own.heUniform);
export const identity: typeof own.identity = /* @__PURE__ */ expose('identity', 'options?:{gain?:n}', own.identity);
export const leCunNormal: typeof own.leCunNormal = /* @__PURE__ */ expose('leCunNormal', 'options?:{seed?:n}', own.leCunNormal);
export const leCunUniform: typeof own.leCunUniform = /* @__PURE__ */ expose('leCunUniform', 'options?:{seed?:n}', own.leCunUniform);
export const ones: typeof own.ones = /* @__PURE__ */ expose('ones', 'options?:o', own.ones);
export const orthogonal: typeof own.orthogonal = /* @__PURE__ */ expose('orthogonal', 'options?:{gain?:n,seed?:n}', own.orthogonal);
export const randomNormal: typeof own.randomNormal = /* @__PURE__ */ expose('randomNormal', 'options?:{mean?:n,stddev?:n,seed?:n}', own.randomNormal);
export const randomUniform: typeof own.randomUniform = /* @__PURE__ */ expose('randomUniform', 'options?:{minval?:n,maxval?:n,seed?:n}', own.randomUniform);
export const truncatedNormal: typeof own.truncatedNormal = /* @__PURE__ */ expose('truncatedNormal', 'options?:{mean?:n,stddev?:n,seed?:n}', own.truncatedNormal);
export const varianceScaling: typeof own.varianceScaling = /* @__PURE__ */ expose('varianceScaling', 'options?:{scale?:n,mode?:s,distribution?:s,seed?:n}', own.varianceScaling);
export const zeros: typeof own.zeros = /* @__PURE__ */ expose('zeros', 'options?:o', own.zeros);
