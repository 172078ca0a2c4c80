/** Kernels of tfjs's wasm backend that are there but take fewer dtypes than they should, or compute wrongly. */
import { inputRecord, type Node, Reshape, type Shape, type Sym, sameShape } from '../../engine/index.ts';
import { exactScale } from '../exact-scale.ts';

type Check = (node: Node) => boolean;

const floatOnly: Check = ({ inputs }) => inputs.every((s) => s.dtype === 'float32');
const intOnly: Check = ({ inputs }) => inputs.every((s) => s.dtype === 'int32');

const channelsLast: Check = ({ attrs }) => attrs.dataFormat === 'NHWC';
/** Whether the buffer has this shape too: the kernels look at it. */
const isChannelVector = (s: Sym, channels: Shape): boolean => s.node.op !== Reshape && sameShape(s.shape, channels);
/**
 * The fused kernels take a bias and weights for each output channel only, no other view of them, and cannot add up nothing. With relu
 * and relu6 they make 0 of a NaN.
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

/** When a kernel may be used; always, where it is not listed. */
const CHECKS: Readonly<Record<string, Check>> = {
  // refuses other layouts
  Conv2D: channelsLast,
  Conv2DBackpropFilter: channelsLast,
  DepthwiseConv2dNativeBackpropFilter: channelsLast,
  FusedConv2D: fusedChannels,
  FusedDepthwiseConv2D: fusedChannels,
  // with the others it makes 0 of a NaN
  _FusedMatMul: ({ attrs }) => attrs.activation === 'linear' || attrs.activation === 'sigmoid',
  // begins with 1e-38 in place of the least number
  Dilation2D: () => false,
  // wrong values
  Conv3DBackpropFilterV2: () => false,
  Conv3DBackpropInputV2: () => false,
  // wrong values for int32
  ClipByValue: floatOnly,
  // steps through a batch of indices by the batch's size, whatever they number, and beyond its inputs
  GatherV2: ({ attrs }) => attrs.batchDims === 0,
  // writes ints whatever the dtype, and outside of its output for an index out of range
  OneHot: () => false,
  // gives float32 for float32, where tf gives int32
  FloorDiv: intOnly,
  // wrong values for an alpha that is broadcast
  Prelu: ({ inputs }) => sameShape(inputs[0]!.shape, inputs[1]!.shape),
  // floats only, and refuse, or read as floats, what is not
  MaxPool: floatOnly,
  MaxPool3D: floatOnly,
  MaxPoolGrad: floatOnly,
  MaxPool3DGrad: floatOnly,
  MaxPoolWithArgmax: floatOnly,
  // compute places in single precision, where a pixel's border is missed: 14 to 46 rows differ from tfjs's own cpu kernel
  ResizeNearestNeighbor: exactScale,
  ResizeNearestNeighborGrad: exactScale,
  // turns in single precision, makes fills whole numbers, and the fourth channel's 255
  RotateWithOffset: () => false,
  // wrong places where the image is reflected; and rounds halves away from zero, where tfjs's cpu kernel rounds them up
  Transform: ({ attrs }) => attrs.interpolation === 'bilinear' && attrs.fillMode !== 'reflect',
  // moves 4 bytes for each bool
  FlipLeftRight: ({ inputs }) => inputs[0]!.dtype !== 'bool',
  // copies 4 bytes for each element, and calls them floats
  StridedSlice: floatOnly,
};

/** Whether the kernel computes this node, and right. */
export const computes: Check = (node) => CHECKS[node.op.name]?.(node) ?? true;
