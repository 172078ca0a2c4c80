// Written by scripts/catalogue.mjs: do not edit.
import { expose } from '../engine/expose.ts';
import * as own from './exports.ts';

export * from './exports.ts';
export const assign: typeof own.assign = /* @__PURE__ */ expose('assign', 'variable:y value:v', own.assign);
export const compileSync: typeof own.compileSync = /* @__PURE__ */ expose('compileSync', 'outputs:r options:{backend:o,updates?:[o],variables?:o,seed?:n,dims?:o,passes?:o,extraPasses?:[o],verify?:b,onPass?:f}', own.compileSync);
export const constant: typeof own.constant = /* @__PURE__ */ expose('constant', 'value:nba dtype?:s shape?:[n]', own.constant);
export const customGradient: typeof own.customGradient = /* @__PURE__ */ expose('customGradient', 'f:f rules:[f]', own.customGradient);
export const gradients: typeof own.gradients = /* @__PURE__ */ expose('gradients', 'y:y xs:yr[y] options?:{dy?:v,unconnected?:s}', own.gradients);
export const hessian: typeof own.hessian = /* @__PURE__ */ expose('hessian', 'y:y xs:yr[y] options?:{unconnected?:s}', own.hessian);
export const hvp: typeof own.hvp = /* @__PURE__ */ expose('hvp', 'y:y xs:yr[y] vectors:vo options?:{unconnected?:s}', own.hvp);
export const isSym: typeof own.isSym = /* @__PURE__ */ expose('isSym', 'value:*', own.isSym);
export const jacobian: typeof own.jacobian = /* @__PURE__ */ expose('jacobian', 'y:y xs:yr[y] options?:{unconnected?:s}', own.jacobian);
export const jvp: typeof own.jvp = /* @__PURE__ */ expose('jvp', 'y:y xs:yr[y] tangents:vo options?:{unconnected?:s}', own.jvp);
export const map: typeof own.map = /* @__PURE__ */ expose('map', 'xs:y[y] f:f', own.map);
export const print: typeof own.print = /* @__PURE__ */ expose('print', 'subject:ro options?:{format?:s}', own.print);
export const sizeOf: typeof own.sizeOf = /* @__PURE__ */ expose('sizeOf', 'shape:[n]', own.sizeOf);
export const stopGradient: typeof own.stopGradient = /* @__PURE__ */ expose('stopGradient', 'x:v', own.stopGradient);
export const vjp: typeof own.vjp = /* @__PURE__ */ expose('vjp', 'ys:yr[y] dys:vo xs:yr[y] options?:{unconnected?:s}', own.vjp);
