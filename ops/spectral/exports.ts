// Written by scripts/catalogue.mjs: do not edit.
export { DFT, dft } from './dft.ts';
export { FFT, fft } from './fft.ts';
export { IFFT, ifft } from './ifft.ts';
export { type InverseOptions, irfft } from './irfft.ts';
export { binsOf, rfft } from './rfft.ts';
