/** Checks for kernels of tfjs-node that fail, compute wrongly, or crash the process. */
import { sameShape } from '../../../engine/index.ts';
import { type Check, computesBy, never } from '../../checks.ts';
import { exactScale } from '../../exact-scale.ts';
import { allFloat } from '../lowerings/lowering.ts';
import { isChannelsLast, isNamed, isPadded, isUndilated, windowAttrs } from '../lowerings/windows.ts';

const all =
  (...checks: readonly Check[]): Check =>
  (node) =>
    checks.every((check) => check(node));

/** TensorFlow's depthwise convolutions need equal strides along both axes. */
const isEven: Check = (node) => new Set(windowAttrs(node).strides).size === 1;
/** CPU kernels need channels last; those of gradients, and of volumes, need padding by name. */
const ofImages = all(isChannelsLast, isPadded);
const ofNamedPadding = all(isChannelsLast, isNamed, isUndilated);
/** Other dtypes than floats crash the process. */
const pooling = all(allFloat, isChannelsLast, isNamed);

/** Whether the kernel computes a node correctly. */
export const computes = computesBy({
  Conv2D: ofImages,
  Conv2DBackpropInput: ofNamedPadding,
  Conv2DBackpropFilter: ofNamedPadding,
  // on some CPUs TensorFlow uses an implementation without dilations
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
  // selects several of equal maxima
  MaxPool3DGrad: never,
  // only call other kernels, one by one
  ClipByValue: never,
  _FusedMatMul: never,
  FusedConv2D: never,
  FusedDepthwiseConv2D: never,
  // computes x - |x|, which is NaN for infinity
  Prelu: never,
  // images with parameters per channel; otherwise it calls other kernels
  FusedBatchNorm: ({ inputs: [x, ...parameters] }) =>
    x!.rank === 4 && parameters.every(({ shape }) => sameShape(shape, x!.shape.slice(3))),
  // returns a wrong dtype for integers
  Mean: allFloat,
  // returns float32 for float32, where tf returns int32
  FloorDiv: ({ inputs }) => inputs.every(({ dtype }) => dtype === 'int32'),
  // fails for scalars and bools
  Diag: ({ inputs: [x] }) => x!.rank > 0 && x!.dtype !== 'bool',
  // fails for channels first, and treats blocks of 1 as blocks of 2
  DepthToSpace: ({ attrs }) => attrs.dataFormat === 'NHWC' && (attrs.blockSize as number) > 1,
  // compute coordinates in single precision, which selects the wrong pixel near a border
  ResizeNearestNeighbor: exactScale,
  ResizeNearestNeighborGrad: exactScale,
});
