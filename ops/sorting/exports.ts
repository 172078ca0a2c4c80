// Written by scripts/catalogue.mjs: do not edit.
export { inTopK } from './in-top-k.ts';
export { lowerBound, SearchSorted, searchSorted, upperBound } from './search-sorted.ts';
export { TopK, topk } from './topk.ts';
export * from './unsupported.ts';
