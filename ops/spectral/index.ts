// Written by scripts/catalogue.mjs: do not edit.
import { expose } from '../../engine/expose.ts';
import * as own from './exports.ts';

export * from './exports.ts';
export const binsOf: typeof own.binsOf = /* @__PURE__ */ expose('spectral.binsOf', 'n:nd', own.binsOf);
export const dft: typeof own.dft = /* @__PURE__ */ expose('spectral.dft', 're:y im:y inverse?:b bins?:nsdz', own.dft);
export const fft: typeof own.fft = /* @__PURE__ */ expose('spectral.fft', 'input:v', own.fft);
export const ifft: typeof own.ifft = /* @__PURE__ */ expose('spectral.ifft', 'input:v', own.ifft);
export const irfft: typeof own.irfft = /* @__PURE__ */ expose('spectral.irfft', 'input:v options?:{fftLength?:nsdz}', own.irfft);
export const rfft: typeof own.rfft = /* @__PURE__ */ expose('spectral.rfft', 'input:v fftLength?:nz', own.rfft);
