import type { KernelBackend } from '@tensorflow/tfjs-core';

/** Bytes that tfjs's webgl and webgpu backends have in use on the device. */
export const bytesOnGpu = (backend: KernelBackend): number =>
  (backend.memory() as unknown as { readonly numBytesInGPU: number }).numBytesInGPU;
