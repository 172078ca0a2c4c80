// Written by scripts/catalogue.mjs: do not edit.
import { expose } from '../../engine/expose.ts';
import * as own from './exports.ts';

export * from './exports.ts';
export const enclosingPowerOfTwo: typeof own.enclosingPowerOfTwo = /* @__PURE__ */ expose('signal.enclosingPowerOfTwo', 'value:n', own.enclosingPowerOfTwo);
export const frame: typeof own.frame = /* @__PURE__ */ expose('signal.frame', 'signal:v frameLength:n frameStep:n padEnd?:b padValue?:n', own.frame);
export const hammingWindow: typeof own.hammingWindow = /* @__PURE__ */ expose('signal.hammingWindow', 'windowLength:n', own.hammingWindow);
export const hannWindow: typeof own.hannWindow = /* @__PURE__ */ expose('signal.hannWindow', 'windowLength:n', own.hannWindow);
export const stft: typeof own.stft = /* @__PURE__ */ expose('signal.stft', 'signal:v frameLength:n frameStep:n fftLength?:nz windowFn?:f', own.stft);
