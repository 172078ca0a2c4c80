/** Kernels of tfjs's webgl backend that are there but wrong. */
import { computesOnGpu } from '../gpu-capabilities.ts';

/** Whether the kernel computes this node, and right. */
export const computes = computesOnGpu({
  // takes its boxes from elsewhere
  CropAndResize: () => false,
  // of floats it cuts off the fraction, and does not round down
  FloorDiv: ({ inputs }) => inputs.every((s) => s.dtype === 'int32'),
  // for a radius of 0, or a power that is an integer, its shader does not compile
  LRNGrad: ({ attrs }) => (attrs.depthRadius as number) > 0 && !Number.isInteger(attrs.beta),
});
