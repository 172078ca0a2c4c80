/** Checks for kernels of tfjs's cpu backend that are wrong. */
import { computesBy, never } from '../checks.ts';
import { computesFilterGradient } from '../filter-gradients.ts';

/** Whether the kernel computes a node correctly. */
export const computes = computesBy({
  Conv2DBackpropFilter: computesFilterGradient,
  DepthwiseConv2dNativeBackpropFilter: computesFilterGradient,
  // throws for channels first
  DepthToSpace: ({ attrs }) => attrs.dataFormat === 'NHWC',
  // starts its maximum from the lowest safe integer, which may be too large
  Dilation2D: never,
  // selects the last of several maxima, and a wrong element if windows are not cubes
  MaxPool3DGrad: never,
  // transforms only the first image
  Transform: ({ inputs }) => inputs[0]!.shape[0] === 1,
  // computes offsets of further images' cotangents by the input's size
  ResizeNearestNeighborGrad: never,
  // overwrites its input
  TensorScatterUpdate: never,
});
