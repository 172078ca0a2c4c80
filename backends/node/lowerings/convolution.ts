/** Convolutions and their gradients. TensorFlow's CPU kernels need channels last, and in gradients no dilations. */
import type { Node, Shape } from '../../../engine/index.ts';
import type { GraphWriter, Ref } from '../graph/writer.ts';
import { wideWhereLong } from './long.ts';
import { type Lowering, type Lowerings, T } from './lowering.ts';
import { dilations, isChannelsLast, isNamed, isPadded, isUndilated, padding, strides, windowAttrs } from './windows.ts';

export const attributes = (node: Node, x: Ref) => ({ ...T(x), ...strides(node), ...padding(node), ...dilations(node) });

type Operands = (w: GraphWriter, node: Node, inputs: readonly Ref[]) => readonly Ref[];
const asGiven: Operands = (_w, _node, inputs) => inputs;
/** TensorFlow's gradients take the size of their output as an operand. */
const sizedFirst =
  (size: string): Operands =>
  (w, { attrs }, [dy, filter]) => [w.dims(attrs[size] as Shape), filter!, dy!];
const sizedSecond =
  (size: string): Operands =>
  (w, { attrs }, [x, dy]) => [x!, w.dims(attrs[size] as Shape), dy!];

const convolution = (op: string, operands: Operands, when: (node: Node) => boolean): Lowering =>
  wideWhereLong({
    when: (node) => isChannelsLast(node) && when(node),
    write: (w, node, inputs) => {
      const [x] = inputs as [Ref];
      return w.op(op, operands(w, node, inputs), attributes(node, x), x.dtype);
    },
  });

/** Whether TensorFlow has a convolution of images for the node. */
export const isConvolution = (node: Node): boolean => isChannelsLast(node) && isPadded(node);
const isBackward = (node: Node): boolean => isPadded(node) && isUndilated(node);
/** TensorFlow's depthwise convolutions need equal strides along both axes. */
const isEven = (node: Node): boolean => {
  const [rows, columns] = windowAttrs(node).strides;
  return isBackward(node) && rows === columns;
};
const isVolume = (node: Node): boolean => isNamed(node) && isUndilated(node);

export const convolutions: Lowerings = {
  Conv2D: convolution('Conv2D', asGiven, isConvolution),
  Conv2DBackpropInput: convolution('Conv2DBackpropInput', sizedFirst('inputShape'), isBackward),
  Conv2DBackpropFilter: convolution('Conv2DBackpropFilter', sizedSecond('filterShape'), isBackward),
  DepthwiseConv2dNative: convolution('DepthwiseConv2dNative', asGiven, isEven),
  DepthwiseConv2dNativeBackpropInput: convolution(
    'DepthwiseConv2dNativeBackpropInput',
    sizedFirst('inputShape'),
    isEven,
  ),
  DepthwiseConv2dNativeBackpropFilter: convolution(
    'DepthwiseConv2dNativeBackpropFilter',
    sizedSecond('filterShape'),
    isEven,
  ),
  Conv3D: convolution('Conv3D', asGiven, isVolume),
  Conv3DBackpropInputV2: convolution('Conv3DBackpropInputV2', sizedFirst('inputShape'), isVolume),
  Conv3DBackpropFilterV2: convolution('Conv3DBackpropFilterV2', sizedSecond('filterShape'), isVolume),
};
