/** Compute shaders on the GPU, through WebGPU: in browsers. */
import { TfjsBackend } from '../tfjs.ts';
import { availability, details, limits, watch } from './device.ts';
import { target } from './target.ts';

export const webgpu = new TfjsBackend({
  ...target,
  load: () => import('@tensorflow/tfjs-backend-webgpu'),
  availability,
  watch,
  limits,
  details,
  // values are read by waiting only
  synchronous: false,
  aliasesArrays: true,
});
