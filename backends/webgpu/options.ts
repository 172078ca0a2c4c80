/** The options of the webgpu backend that browsers and Node share. */
import { bytesOnGpu } from '../gpu-memory.ts';
import type { TfjsBackendOptions } from '../tfjs.ts';
import { adjust, availability, details, limits, scope, watch } from './device.ts';
import { ownKernels, registerKernels } from './kernels.ts';
import { target } from './target.ts';

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
  // WebGPU has no synchronous reads
  synchronous: false,
  aliasesArrays: true,
  ownKernels,
  bytes: bytesOnGpu,
};
