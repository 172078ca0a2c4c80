// Written by scripts/catalogue.mjs: do not edit.
export { frame } from './frame.ts';
export { hammingWindow } from './hamming-window.ts';
export { hannWindow } from './hann-window.ts';
export { enclosingPowerOfTwo, stft } from './stft.ts';
