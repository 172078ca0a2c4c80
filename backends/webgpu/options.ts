import { bytesOnGpu } from '../gpu-memory.ts';
import type { TfjsBackendOptions } from '../tfjs.ts';
import { adjust, availability, details, limits, scope, watch } from './device.ts';
import { ownKernels, registerKernels } from './kernels.ts';
import { target } from './target.ts';

/** What the backend is, wherever WebGPU comes from. */
export const options: TfjsBackendOptions = {
  ...target,
  load: async () => {
    await import('@tensorflow/tfjs-backend-webgpu');
    registerKernels();
  },
  adjust,
  availability,
  watch,
  scope,
  limits,
  details,
  // values are read by waiting only
  synchronous: false,
  aliasesArrays: true,
  ownKernels,
  bytes: bytesOnGpu,
};
