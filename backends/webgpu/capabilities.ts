/** Checks for kernels of tfjs's webgpu backend that are wrong. */
import { computesOnGpu } from '../gpu-capabilities.ts';

/** Whether the kernel computes this node correctly. */
export const computes = computesOnGpu({
  // wrong outside of the image for other fill modes; applies a single transform to the first image only
  Transform: ({ inputs, attrs }) =>
    (attrs.fillMode === 'constant' || attrs.fillMode === 'nearest') && inputs[0]!.shape[0] === inputs[1]!.shape[0],
});
