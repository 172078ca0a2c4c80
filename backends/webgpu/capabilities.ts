/** Kernels of tfjs's webgpu backend that are there but wrong. */
import { computesOnGpu } from '../gpu-capabilities.ts';

/** Whether the kernel computes this node, and right. */
export const computes = computesOnGpu({
  // beside the image it looks in other places
  Transform: ({ attrs }) => attrs.fillMode === 'constant' || attrs.fillMode === 'nearest',
});
