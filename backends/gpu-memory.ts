/** The memory use of GPU backends. */
import type { KernelBackend } from '@tensorflow/tfjs-core';

/** Bytes in use on the device of tfjs's webgl or webgpu backend. */
export const bytesOnGpu = (backend: KernelBackend): number =>
  (backend.memory() as unknown as { readonly numBytesInGPU: number }).numBytesInGPU;
