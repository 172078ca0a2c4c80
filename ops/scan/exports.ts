// Written by scripts/catalogue.mjs: do not edit.
export { Cumprod, cumprod } from './cumprod.ts';
export { Cumsum, cumsum } from './cumsum.ts';
