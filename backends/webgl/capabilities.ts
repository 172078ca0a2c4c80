/** Checks for kernels of tfjs's webgl backend that are wrong. */
import { never } from '../checks.ts';
import { computesOnGpu } from '../gpu-capabilities.ts';

/** Whether the kernel computes this node correctly. */
export const computes = computesOnGpu({
  // reads the wrong boxes
  CropAndResize: never,
  // truncates floats instead of rounding down
  FloorDiv: ({ inputs }) => inputs.every((s) => s.dtype === 'int32'),
  // its shader does not compile for a radius of 0 or an integral power
  LRNGrad: ({ attrs }) => (attrs.depthRadius as number) > 0 && !Number.isInteger(attrs.beta),
});
