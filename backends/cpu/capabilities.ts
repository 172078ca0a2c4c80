/** Checks for kernels of tfjs's cpu backend that are wrong. */
import type { Node } from '../../engine/index.ts';
import { computesFilterGradient } from '../filter-gradients.ts';

type Check = (node: Node) => boolean;

/** When a kernel may be used; kernels that are not listed always may. */
const CHECKS: Readonly<Record<string, Check>> = {
  Conv2DBackpropFilter: computesFilterGradient,
  DepthwiseConv2dNativeBackpropFilter: computesFilterGradient,
  // throws for channels first
  DepthToSpace: ({ attrs }) => attrs.dataFormat === 'NHWC',
  // starts its maximum from the lowest safe integer, which may be too large
  Dilation2D: () => false,
  // selects the last of several maxima, and a wrong element if windows are not cubes
  MaxPool3DGrad: () => false,
  // transforms only the first image
  Transform: ({ inputs }) => inputs[0]!.shape[0] === 1,
  // computes offsets of further images' cotangents by the input's size
  ResizeNearestNeighborGrad: () => false,
  // overwrites its input
  TensorScatterUpdate: () => false,
};

/** Whether the kernel computes this node correctly. */
export const computes: Check = (node) => CHECKS[node.op.name]?.(node) ?? true;
