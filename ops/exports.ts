// Written by scripts/catalogue.mjs: do not edit.
/** All ops: their builders, named as in tf.*, and their definitions. */
export { select } from '../engine/index.ts';
export * from './activation/exports.ts';
export * from './comparison/exports.ts';
export * from './complex/exports.ts';
export * from './convolution/exports.ts';
export * from './elementwise/exports.ts';
export * as image from './image/index.ts';
export * from './indexing/exports.ts';
export * as linalg from './linalg/index.ts';
export { Reduction } from './losses/exports.ts';
export * as losses from './losses/index.ts';
export * from './matrix/exports.ts';
export * from './normalization/exports.ts';
export * from './pooling/exports.ts';
export * from './primitives/exports.ts';
export * from './random/exports.ts';
export * from './recurrent/exports.ts';
export * from './reduction/exports.ts';
export * from './scan/exports.ts';
export * from './shape/exports.ts';
export { enclosingPowerOfTwo } from './signal/exports.ts';
export * as signal from './signal/index.ts';
export * from './sorting/exports.ts';
export * as sparse from './sparse/index.ts';
export { fft, ifft, irfft, rfft } from './spectral/exports.ts';
export * as spectral from './spectral/index.ts';
export * as string from './string/index.ts';
