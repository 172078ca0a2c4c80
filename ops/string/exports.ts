// Written by scripts/catalogue.mjs: do not edit.
export * from './unsupported.ts';
