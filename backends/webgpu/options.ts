import type { TfjsBackendOptions } from '../tfjs.ts';
import { availability, details, limits, watch } from './device.ts';
import { target } from './target.ts';

/** What the backend is, wherever WebGPU comes from. */
export const options: TfjsBackendOptions = {
  ...target,
  load: () => import('@tensorflow/tfjs-backend-webgpu'),
  availability,
  watch,
  limits,
  details,
  // values are read by waiting only
  synchronous: false,
  aliasesArrays: true,
};
