/** Kernels of tfjs's cpu backend that are there but wrong. */
import type { Node } from '../../engine/index.ts';
import { computesFilterGradient } from '../filter-gradients.ts';

type Check = (node: Node) => boolean;

/** When a kernel may be used; always, where it is not listed. */
const CHECKS: Readonly<Record<string, Check>> = {
  Conv2DBackpropFilter: computesFilterGradient,
  DepthwiseConv2dNativeBackpropFilter: computesFilterGradient,
  // refuses channels first
  DepthToSpace: ({ attrs }) => attrs.dataFormat === 'NHWC',
  // begins with the least safe integer, above which a maximum may not be
  Dilation2D: () => false,
  // ties go to the last, and where the windows are no cubes, to elsewhere
  MaxPool3DGrad: () => false,
  // leaves out all images but the first
  Transform: ({ inputs }) => inputs[0]!.shape[0] === 1,
  // looks for the second image's cotangent where it would lie if it had the size of the image
  ResizeNearestNeighborGrad: () => false,
  // writes into its input
  TensorScatterUpdate: () => false,
};

/** Whether the kernel computes this node, and right. */
export const computes: Check = (node) => CHECKS[node.op.name]?.(node) ?? true;
