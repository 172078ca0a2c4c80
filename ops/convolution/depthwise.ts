/** Depthwise convolutions: each channel of an image has its own filters. */
import { dim, product, reshape, sumAxes } from '../../engine/index.ts';
import { transpose } from '../matrix/transpose.ts';
import { reverse } from '../shape/reverse.ts';
import { filterGradient, inputGradient } from './adjoints.ts';
import {
  convolutionOf,
  depthwise,
  hasChannelsLast,
  imageAttrs,
  isPlain,
  isUndilated,
  isUnstrided,
} from './convolution.ts';
import { type ConvolutionFamily, convolutionFamily } from './family.ts';
import { FusedDepthwiseConv2D } from './fused-depthwise-conv2d.ts';
import type { WindowAttrs } from './geometry.ts';
import { dilate } from './taps.ts';

/** tfjs's kernel needs channels last, and does not combine strides and dilations. */
export const hasDepthwiseKernel = (attrs: WindowAttrs): boolean =>
  isPlain(attrs) && hasChannelsLast(attrs) && (isUndilated(attrs) || isUnstrided(attrs));

/** tfjs's `byInput` kernel does not support dilations. */
export const channelwise: ConvolutionFamily = /* @__PURE__ */ convolutionFamily({
  names: {
    forward: 'DepthwiseConv2dNative',
    byInput: 'DepthwiseConv2dNativeBackpropInput',
    byFilter: 'DepthwiseConv2dNativeBackpropFilter',
  },
  attrs: imageAttrs,
  outChannels: depthwise,
  fused: () => FusedDepthwiseConv2D,
  kernels: {
    forward: hasDepthwiseKernel,
    byInput: (attrs) => isPlain(attrs) && hasChannelsLast(attrs) && isUndilated(attrs),
    byFilter: (attrs) => isPlain(attrs) && hasChannelsLast(attrs),
  },
  composites: {
    forward: (x, filter, attrs) =>
      isUndilated(attrs)
        ? undefined
        : channelwise.forward.node(
            { x, filter: dilate(filter, attrs.dilations) },
            { ...convolutionOf(attrs), dilations: [1, 1] },
          ),
    // convolves each output channel with its own filter, then sums those of each input channel
    byInput: (dy, filter, inputShape, attrs) => {
      const [h, w, channels, multiplier] = filter.shape;
      const reversed = reshape(reverse(filter, [0, 1]), [h!, w!, product([channels!, multiplier!]), 1]);
      const parts = inputGradient(dy, [...inputShape.slice(0, 3), dy.shape[3]!], [h!, w!], attrs, (apart, windows) =>
        channelwise.forward.node({ x: apart, filter: reversed }, windows),
      );
      return sumAxes(reshape(parts, [...inputShape, multiplier!]), [4]);
    },
    // convolves each channel of each image with its own filter, then sums the images, along a last axis, which kernels process in blocks
    byFilter: (x, dy, filterShape, attrs) => {
      const [batch, height, width, channels] = x.shape;
      const [h, w, , multiplier] = filterShape;
      const [, outHeight, outWidth] = dy.shape;
      const all = dim.mul(batch!, channels!);
      const apart = reshape(transpose(x, [1, 2, 0, 3]), [1, height!, width!, all]);
      const filter = reshape(transpose(dy, [1, 2, 0, 3]), [outHeight!, outWidth!, all, multiplier!]);
      const whole = filterGradient(apart, [h!, w!], attrs, (windows) =>
        channelwise.forward.node({ x: apart, filter }, windows),
      );
      return sumAxes(transpose(reshape(whole, [h!, w!, batch!, channels!, multiplier!]), [0, 1, 3, 4, 2]), [4]);
    },
  },
});
