// Written by scripts/catalogue.mjs: do not edit.
import { expose } from '../../engine/expose.ts';
import * as own from './exports.ts';

export * from './exports.ts';
export const l1: typeof own.l1 = /* @__PURE__ */ expose('regularizers.l1', 'options?:{l1?:n}', own.l1);
export const l1l2: typeof own.l1l2 = /* @__PURE__ */ expose('regularizers.l1l2', 'options?:{l1?:n,l2?:n}', own.l1l2);
export const l2: typeof own.l2 = /* @__PURE__ */ expose('regularizers.l2', 'options?:{l2?:n}', own.l2);
