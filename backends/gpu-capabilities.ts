/** Kernels of tfjs's webgl and webgpu backends that are wrong in both. */
import { inputRecord, type Node, type Shape, type Sym, sameShape } from '../engine/index.ts';
import { exactScale } from './exact-scale.ts';

export type Check = (node: Node) => boolean;

/** The fused kernels take a bias and weights for each output channel only. */
const fusedChannels: Check = (node) => {
  const { bias, preluActivationWeights } = inputRecord(node.op, node.inputs, node.arity) as Record<string, Sym>;
  const channels: Shape = node.outputs[0]!.shape.slice(node.attrs.dataFormat === 'NHWC' ? 3 : 1, 4).slice(0, 1);
  return [bias, preluActivationWeights].every((s) => s === undefined || sameShape(s.shape, channels));
};

const isUndilated: Check = ({ attrs }) => (attrs.dilations as readonly number[]).every((d) => d === 1);

/** When a kernel may be used; always, where it is not listed. */
const CHECKS: Readonly<Record<string, Check>> = {
  // know no dilations
  Conv2DBackpropFilter: isUndilated,
  DepthwiseConv2dNativeBackpropFilter: isUndilated,
  // begins with a number below which a maximum may be
  Dilation2D: () => false,
  FusedConv2D: fusedChannels,
  FusedDepthwiseConv2D: fusedChannels,
  // knows as many dimensions as other kernels
  FusedBatchNorm: ({ inputs }) => inputs.every(({ rank }) => rank <= 4),
  // ties go to the last
  MaxPoolGrad: () => false,
  MaxPool3DGrad: () => false,
  MaxPoolWithArgmax: () => false,
  // divides by 0 where a single row or column is stretched from corner to corner
  ResizeBilinearGrad: ({ inputs, attrs }) =>
    !attrs.alignCorners || !inputs.some((s) => s.shape.slice(1, 3).some((d) => typeof d !== 'number' || d === 1)),
  // compute places in single precision, where a pixel's border is missed
  ResizeNearestNeighbor: exactScale,
  ResizeNearestNeighborGrad: exactScale,
  // turns in single precision, and makes the fourth channel's 255 the fill of the others
  RotateWithOffset: () => false,
  // knows four dimensions, and computes something else with more
  StridedSlice: ({ inputs }) => inputs[0]!.rank <= 4,
  // adds up several updates of one place, of which the last should stay
  TensorScatterUpdate: () => false,
};

/** Whether the kernel computes this node, and right; more checks are of one backend. */
export const computesOnGpu =
  (more: Readonly<Record<string, Check>>): Check =>
  (node) =>
    [CHECKS, more].every((checks) => checks[node.op.name]?.(node) ?? true);
