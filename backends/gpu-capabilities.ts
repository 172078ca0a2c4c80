/** Checks for kernels that are wrong in both tfjs's webgl and webgpu backends. */
import { inputRecord, type Shape, type Sym, sameShape } from '../engine/index.ts';
import { type Check, type Checks, computesBy, never } from './checks.ts';
import { exactScale } from './exact-scale.ts';

/** The fused kernels require a bias and weights per output channel. */
const fusedChannels: Check = (node) => {
  const { bias, preluActivationWeights } = inputRecord(node.op, node.inputs, node.arity) as Record<string, Sym>;
  const channels: Shape = node.outputs[0]!.shape.slice(node.attrs.dataFormat === 'NHWC' ? 3 : 1, 4).slice(0, 1);
  return [bias, preluActivationWeights].every((s) => s === undefined || sameShape(s.shape, channels));
};

const isUndilated: Check = ({ attrs }) => (attrs.dilations as readonly number[]).every((d) => d === 1);

/** When a kernel may be used; kernels that are not listed always may. */
const CHECKS: Checks = {
  // ignore dilations
  Conv2DBackpropFilter: isUndilated,
  DepthwiseConv2dNativeBackpropFilter: isUndilated,
  // starts its maximum from a number that is not the lowest
  Dilation2D: never,
  FusedConv2D: fusedChannels,
  FusedDepthwiseConv2D: fusedChannels,
  // supports up to 4 dimensions
  FusedBatchNorm: ({ inputs }) => inputs.every(({ rank }) => rank <= 4),
  // select the last of several maxima
  MaxPoolGrad: never,
  MaxPool3DGrad: never,
  MaxPoolWithArgmax: never,
  // divides by 0 for a single row or column with alignCorners
  ResizeBilinearGrad: ({ inputs, attrs }) =>
    !attrs.alignCorners || !inputs.some((s) => s.shape.slice(1, 3).some((d) => typeof d !== 'number' || d === 1)),
  // compute coordinates in single precision, which selects the wrong pixel near a border
  ResizeNearestNeighbor: exactScale,
  ResizeNearestNeighborGrad: exactScale,
  // rotates in single precision, and fills other channels with the fourth channel's 255
  RotateWithOffset: never,
  // wrong for more than 4 dimensions
  StridedSlice: ({ inputs }) => inputs[0]!.rank <= 4,
  // adds several updates of one element, where the last should win
  TensorScatterUpdate: never,
};

/** Whether the kernel computes this node correctly. @param more checks of one backend */
export const computesOnGpu = (more: Checks): Check => computesBy(CHECKS, more);
