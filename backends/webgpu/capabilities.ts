/** Kernels of tfjs's webgpu backend that are there but wrong. */
import { computesOnGpu } from '../gpu-capabilities.ts';

/** Whether the kernel computes this node, and right. */
export const computes = computesOnGpu({
  // beside the image it looks in other places; and one transform for all images it takes for that of the first
  Transform: ({ inputs, attrs }) =>
    (attrs.fillMode === 'constant' || attrs.fillMode === 'nearest') && inputs[0]!.shape[0] === inputs[1]!.shape[0],
});
