import { defineOp, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import {
  batched,
  type ConvolutionArguments,
  channelsLast,
  convolutionAttrs,
  depthwise,
  inferForward,
  isPlain,
  isUndilated,
  isUnstrided,
  noKernel,
  plain,
  toArguments,
  toAttrs,
  toFirst,
  toLast,
} from './convolution.ts';
import { depthwiseConv2dNativeBackpropFilter } from './depthwise-conv2d-backprop-filter.ts';
import { depthwiseConv2dNativeBackpropInput } from './depthwise-conv2d-backprop-input.ts';
import { FusedDepthwiseConv2D } from './fused-depthwise-conv2d.ts';
import { dilate } from './taps.ts';

/** tfjs's kernel takes channels last, and either strides or dilations. */
export const DepthwiseConv2dNative = defineOp({
  name: 'DepthwiseConv2dNative',
  inputs: ['x', 'filter'],
  attrs: convolutionAttrs,
  infer: ({ x, filter }, attrs) => inferForward(x, filter, attrs, depthwise),
  lowering: [
    {
      kind: 'kernel',
      when: (_inputs, attrs) =>
        isPlain(attrs) && attrs.dataFormat === 'NHWC' && (isUndilated(attrs) || isUnstrided(attrs)),
    },
    {
      kind: 'composite',
      expand: ({ x, filter }, attrs) => {
        if (!isPlain(attrs)) return depthwiseConv2d(x, filter, ...toArguments(plain(attrs, x.shape, filter.shape)));
        if (attrs.dataFormat === 'NCHW')
          return toFirst(depthwiseConv2d(toLast(x), filter, ...toArguments(channelsLast(attrs))));
        if (isUndilated(attrs)) return noKernel('DepthwiseConv2dNative');
        return depthwiseConv2d(x, dilate(filter, attrs.dilations), ...toArguments({ ...attrs, dilations: [1, 1] }));
      },
    },
  ],
  traits: { linear: ['x', 'filter'] },
  fused: () => FusedDepthwiseConv2D,
  gradient: {
    x: ({ x, filter }, { dy, attrs }) => depthwiseConv2dNativeBackpropInput(x.shape, dy, filter, ...toArguments(attrs)),
    filter: ({ x, filter }, { dy, attrs }) =>
      depthwiseConv2dNativeBackpropFilter(x, dy, filter.shape, ...toArguments(attrs)),
  },
});

/**
 * The convolution of each channel of images, [batch, height, width, inChannels] or without a batch, with filters of its own:
 * [height, width, inChannels, channelMultiplier]. Output channel c * channelMultiplier + m is channel c by its filter m.
 * The arguments after the filter are those of `conv2d`.
 * @throws ShapeError where channels differ, or the filter is larger than the padded image; AttributeError; DTypeError
 */
export function depthwiseConv2d(x: SymLike, filter: SymLike, ...args: ConvolutionArguments): Sym {
  return batched(x, 4, (images) => DepthwiseConv2dNative.node({ x: images, filter: float(filter) }, toAttrs(args)));
}

export const doc: OpDoc = {
  summary: 'Convolution of each channel with filters of its own.',
  forward: 'y_{b,i,(c,m)} = \\sum_k x_{b,\\, s i + d k - p,\\, c} \\, w_{k,c,m}',
  gradient: {
    x: '\\bar x_{b,j,c} = \\sum_{i,k : \\, s i + d k - p = j} \\sum_m \\bar y_{b,i,(c,m)} \\, w_{k,c,m}',
    filter: '\\bar w_{k,c,m} = \\sum_{b,i} x_{b,\\, s i + d k - p,\\, c} \\, \\bar y_{b,i,(c,m)}',
  },
  source: 'Chollet, "Xception: deep learning with depthwise separable convolutions" (2017)',
};
