// Written by scripts/catalogue.mjs: do not edit.
import { expose } from '../../../engine/expose.ts';
import * as own from './exports.ts';

export * from './exports.ts';
export const constant: typeof own.constant = /* @__PURE__ */ expose('schedules.constant', 'rate:n', own.constant);
export const cosineDecay: typeof own.cosineDecay = /* @__PURE__ */ expose('schedules.cosineDecay', 'options:{initial:n,decaySteps:n,alpha?:n}', own.cosineDecay);
export const exponentialDecay: typeof own.exponentialDecay = /* @__PURE__ */ expose('schedules.exponentialDecay', 'options:{initial:n,decaySteps:n,decayRate:n,staircase?:b}', own.exponentialDecay);
export const inverseTimeDecay: typeof own.inverseTimeDecay = /* @__PURE__ */ expose('schedules.inverseTimeDecay', 'options:{initial:n,decaySteps:n,decayRate:n,staircase?:b}', own.inverseTimeDecay);
export const linearDecay: typeof own.linearDecay = /* @__PURE__ */ expose('schedules.linearDecay', 'options:{initial:n,decaySteps:n,final?:n}', own.linearDecay);
export const piecewiseConstant: typeof own.piecewiseConstant = /* @__PURE__ */ expose('schedules.piecewiseConstant', 'options:{boundaries:[n],values:[n]}', own.piecewiseConstant);
export const stepDecay: typeof own.stepDecay = /* @__PURE__ */ expose('schedules.stepDecay', 'options:{initial:n,factor:n,every:n}', own.stepDecay);
export const warmup: typeof own.warmup = /* @__PURE__ */ expose('schedules.warmup', 'then:nf options:{steps:n,from?:n}', own.warmup);
