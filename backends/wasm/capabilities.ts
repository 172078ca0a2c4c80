/** Checks for kernels of tfjs's wasm backend that are wrong for some dtypes, shapes or attributes. */
import { inputRecord, Reshape, type Shape, type Sym, sameShape } from '../../engine/index.ts';
import { type Check, computesBy, never } from '../checks.ts';
import { exactScale } from '../exact-scale.ts';

const floatOnly: Check = ({ inputs }) => inputs.every((s) => s.dtype === 'float32');
const intOnly: Check = ({ inputs }) => inputs.every((s) => s.dtype === 'int32');

const channelsLast: Check = ({ attrs }) => attrs.dataFormat === 'NHWC';
/** Whether the value has this shape, and its buffer too, whose shape the kernels use. */
const isChannelVector = (s: Sym, channels: Shape): boolean => s.node.op !== Reshape && sameShape(s.shape, channels);
/**
 * The fused kernels require a bias and weights per output channel, which must not be views, and inputs with elements. With relu and relu6
 * they turn NaN into 0.
 */
const fusedChannels: Check = (node) => {
  const { bias, preluActivationWeights } = inputRecord(node.op, node.inputs, node.arity) as Record<string, Sym>;
  const channels = node.outputs[0]!.shape.slice(3);
  return (
    channelsLast(node) &&
    node.attrs.activation !== 'relu' &&
    node.attrs.activation !== 'relu6' &&
    node.inputs.every((s) => !s.shape.includes(0)) &&
    [bias, preluActivationWeights].every((s) => s === undefined || isChannelVector(s, channels))
  );
};

/** Whether the kernel computes a node correctly. */
export const computes = computesBy({
  // throws for other layouts
  Conv2D: channelsLast,
  Conv2DBackpropFilter: channelsLast,
  DepthwiseConv2dNativeBackpropFilter: channelsLast,
  FusedConv2D: fusedChannels,
  FusedDepthwiseConv2D: fusedChannels,
  _FusedMatMul: ({ attrs }) => attrs.activation === 'linear' || attrs.activation === 'relu',
  // starts its maximum from 1e-38 instead of the lowest number
  Dilation2D: never,
  // wrong values
  Conv3DBackpropFilterV2: never,
  Conv3DBackpropInputV2: never,
  // wrong values for int32
  ClipByValue: floatOnly,
  // uses the batch's size as the stride of batches of indices, and reads out of bounds
  GatherV2: ({ attrs }) => attrs.batchDims === 0,
  // writes int32 for any dtype, and out of bounds for an index out of range
  OneHot: never,
  // returns float32 for float32, where tf returns int32
  FloorDiv: intOnly,
  // wrong values for an alpha that is broadcast
  Prelu: ({ inputs }) => sameShape(inputs[0]!.shape, inputs[1]!.shape),
  // throw for other dtypes, or read them as floats
  MaxPool: floatOnly,
  MaxPool3D: floatOnly,
  MaxPoolGrad: floatOnly,
  MaxPool3DGrad: floatOnly,
  MaxPoolWithArgmax: floatOnly,
  // compute coordinates in single precision, which selects wrong pixels near borders: 14 to 46 rows differ from tfjs's cpu kernel
  ResizeNearestNeighbor: exactScale,
  ResizeNearestNeighborGrad: exactScale,
  // rotates in single precision, rounds fills to integers, and fills the fourth channel with 255
  RotateWithOffset: never,
  // wrong coordinates for 'reflect'; nearest rounds halves away from zero, where tfjs's cpu kernel rounds them up
  Transform: ({ attrs }) => attrs.interpolation === 'bilinear' && attrs.fillMode !== 'reflect',
  // copies 4 bytes for each bool
  FlipLeftRight: ({ inputs }) => inputs[0]!.dtype !== 'bool',
  // copies 4 bytes for each element, and returns float32
  StridedSlice: floatOnly,
});
