/** Shaders on the GPU, through WebGL 2: in browsers. */
import type { Availability } from '../../engine/index.ts';
import { TfjsBackend } from '../tfjs.ts';

export const webgl = new TfjsBackend({
  name: 'webgl',
  load: () => import('@tensorflow/tfjs-backend-webgl'),
  availability: async () => findContext(),
  // values can be read without waiting, by stalling the GPU
  synchronous: true,
  aliasesArrays: true,
  computes: () => true,
  rules: [],
});

function findContext(): Availability {
  const canvas =
    typeof OffscreenCanvas === 'function'
      ? new OffscreenCanvas(1, 1)
      : typeof document === 'object'
        ? document.createElement('canvas')
        : undefined;
  if (canvas === undefined) return { available: false, reason: 'it needs a browser', remedy: 'use it in a web page' };
  return canvas.getContext('webgl2') === null
    ? { available: false, reason: 'this browser has no WebGL 2', remedy: 'enable hardware acceleration' }
    : { available: true, detail: 'WebGL 2' };
}
