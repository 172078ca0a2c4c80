/** Shaders on the GPU, through WebGL 2: in browsers. */
import { TfjsBackend } from '../tfjs.ts';
import { availability, create, details, isLost, limits, watch } from './device.ts';
import { target } from './target.ts';

export const webgl = new TfjsBackend({
  ...target,
  load: () => import('@tensorflow/tfjs-backend-webgl'),
  create,
  availability,
  watch,
  isLost,
  limits,
  details,
  // values can be read without waiting, by stalling the GPU
  synchronous: true,
  aliasesArrays: true,
});
