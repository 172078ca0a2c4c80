/** Kernels of tfjs-node that are there, but refuse something, compute it wrongly, or end the process. */
import { type Node, sameShape } from '../../../engine/index.ts';
import { exactScale } from '../../exact-scale.ts';
import { allFloat } from '../lowerings/lowering.ts';
import { isChannelsLast, isNamed, isPadded, isUndilated, windowAttrs } from '../lowerings/windows.ts';

type Check = (node: Node) => boolean;

const never: Check = () => false;
const all =
  (...checks: readonly Check[]): Check =>
  (node) =>
    checks.every((check) => check(node));

/** TensorFlow's strides of depthwise convolutions are the same along both axes. */
const isEven: Check = (node) => new Set(windowAttrs(node).strides).size === 1;
/** The kernels have no other layouts on a processor; those that compute gradients, and those of volumes, take padding by name alone. */
const ofImages = all(isChannelsLast, isPadded);
const ofNamedPadding = all(isChannelsLast, isNamed, isUndilated);
/** What is no float ends the process. */
const pooling = all(allFloat, isChannelsLast, isNamed);

/** When a kernel may be used; always, where it is not listed. */
const CHECKS: Readonly<Record<string, Check>> = {
  Conv2D: ofImages,
  Conv2DBackpropInput: ofNamedPadding,
  Conv2DBackpropFilter: ofNamedPadding,
  // in its own implementation, which some processors take, TensorFlow has no dilations
  DepthwiseConv2dNative: all(ofImages, isUndilated, isEven),
  DepthwiseConv2dNativeBackpropInput: all(ofNamedPadding, isEven),
  DepthwiseConv2dNativeBackpropFilter: all(ofNamedPadding, isEven),
  Conv3D: ofNamedPadding,
  Conv3DBackpropInputV2: ofNamedPadding,
  Conv3DBackpropFilterV2: ofNamedPadding,
  Dilation2D: isNamed,
  AvgPool: pooling,
  AvgPool3D: pooling,
  AvgPoolGrad: pooling,
  AvgPool3DGrad: pooling,
  MaxPool: pooling,
  MaxPool3D: pooling,
  MaxPoolGrad: pooling,
  // ties go to more than the first
  MaxPool3DGrad: never,
  // call the kernels of their parts, one by one
  ClipByValue: never,
  _FusedMatMul: never,
  FusedConv2D: never,
  FusedDepthwiseConv2D: never,
  // x - |x|, which has no value for infinity
  Prelu: never,
  // images with a number for each channel, else the kernels of its parts
  FusedBatchNorm: ({ inputs: [x, ...parameters] }) =>
    x!.rank === 4 && parameters.every(({ shape }) => sameShape(shape, x!.shape.slice(3))),
  // casts integers, and says that they are none
  Mean: allFloat,
  // gives float32 for float32, where tf gives int32
  FloorDiv: ({ inputs }) => inputs.every(({ dtype }) => dtype === 'int32'),
  // refuses scalars and bools
  Diag: ({ inputs: [x] }) => x!.rank > 0 && x!.dtype !== 'bool',
  // refuses channels first, and takes blocks of 1 for blocks of 2
  DepthToSpace: ({ attrs }) => attrs.dataFormat === 'NHWC' && (attrs.blockSize as number) > 1,
  // compute places in single precision, where a pixel's border is missed
  ResizeNearestNeighbor: exactScale,
  ResizeNearestNeighborGrad: exactScale,
};

/** Whether the kernel computes this node, and right. */
export const computes: Check = (node) => CHECKS[node.op.name]?.(node) ?? true;
