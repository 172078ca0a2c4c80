// Written by scripts/catalogue.mjs: do not edit.
import { expose } from '../../engine/expose.ts';
import * as own from './exports.ts';

export * from './exports.ts';
export const staticRegexReplace: typeof own.staticRegexReplace = /* @__PURE__ */ expose('string.staticRegexReplace', '...args:*', own.staticRegexReplace);
export const stringNGrams: typeof own.stringNGrams = /* @__PURE__ */ expose('string.stringNGrams', '...args:*', own.stringNGrams);
export const stringSplit: typeof own.stringSplit = /* @__PURE__ */ expose('string.stringSplit', '...args:*', own.stringSplit);
export const stringToHashBucketFast: typeof own.stringToHashBucketFast = /* @__PURE__ */ expose('string.stringToHashBucketFast', '...args:*', own.stringToHashBucketFast);
