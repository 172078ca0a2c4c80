// Written by scripts/catalogue.mjs: do not edit.
export { staticRegexReplace, stringNGrams, stringSplit, stringToHashBucketFast } from './unsupported.ts';
