import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import type { ConvolutionArguments } from './convolution.ts';
import { channelwise } from './depthwise.ts';
import { convolve } from './family.ts';

export const DepthwiseConv2dNative = channelwise.forward;

/**
 * Convolves each channel of images, [batch, height, width, inChannels] or without a batch, with its own filters, [height, width,
 * inChannels, channelMultiplier]. Output channel c * channelMultiplier + m is channel c convolved with its filter m. The arguments after
 * the filter are those of `conv2d`.
 * @throws ShapeError if channels differ, or the filter is larger than the padded image; AttributeError; DTypeError
 */
export const depthwiseConv2d = (x: SymLike, filter: SymLike, ...args: ConvolutionArguments): Sym =>
  convolve(channelwise, x, filter, args);

export const doc: OpDoc = {
  summary: 'Convolution of each channel with filters of its own.',
  forward: 'y_{b,i,(c,m)} = \\sum_k x_{b,\\, s i + d k - p,\\, c} \\, w_{k,c,m}',
  gradient: {
    x: '\\bar x_{b,j,c} = \\sum_{i,k : \\, s i + d k - p = j} \\sum_m \\bar y_{b,i,(c,m)} \\, w_{k,c,m}',
    filter: '\\bar w_{k,c,m} = \\sum_{b,i} x_{b,\\, s i + d k - p,\\, c} \\, \\bar y_{b,i,(c,m)}',
  },
  source: 'Chollet, "Xception: deep learning with depthwise separable convolutions" (2017)',
};
