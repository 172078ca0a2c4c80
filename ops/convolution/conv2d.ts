import { defineOp, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import { conv2DBackpropFilter } from './conv2d-backprop-filter.ts';
import { conv2DBackpropInput } from './conv2d-backprop-input.ts';
import {
  batched,
  type ConvolutionArguments,
  channelsLast,
  convolutionAttrs,
  dense,
  inferForward,
  isPlain,
  noKernel,
  plain,
  toArguments,
  toAttrs,
  toFirst,
  toLast,
} from './convolution.ts';
import { FusedConv2D } from './fused-conv2d.ts';

export const Conv2D = defineOp({
  name: 'Conv2D',
  inputs: ['x', 'filter'],
  attrs: convolutionAttrs,
  infer: ({ x, filter }, attrs) => inferForward(x, filter, attrs, dense),
  lowering: [
    { kind: 'kernel', when: (_inputs, attrs) => isPlain(attrs) },
    {
      kind: 'composite',
      expand: ({ x, filter }, attrs) => {
        if (!isPlain(attrs)) return conv2d(x, filter, ...toArguments(plain(attrs, x.shape, filter.shape)));
        if (attrs.dataFormat === 'NHWC') return noKernel('Conv2D');
        return toFirst(conv2d(toLast(x), filter, ...toArguments(channelsLast(attrs))));
      },
    },
  ],
  traits: { linear: ['x', 'filter'] },
  fused: () => FusedConv2D,
  gradient: {
    x: ({ x, filter }, { dy, attrs }) => conv2DBackpropInput(x.shape, dy, filter, ...toArguments(attrs)),
    filter: ({ x, filter }, { dy, attrs }) => conv2DBackpropFilter(x, dy, filter.shape, ...toArguments(attrs)),
  },
});

/**
 * The convolution of images, [batch, height, width, inChannels] or without a batch, with a filter of
 * [height, width, inChannels, outChannels]. Windows are `strides` apart, and a window's elements `dilations`.
 * @param pad 'same', 'valid', a number for all four sides, or a pair for each dimension, as [[0, 0], [top, bottom], [left, right], [0, 0]]
 * @param dataFormat of x and of the result; NCHW: channels before height and width
 * @param dimRoundingMode how the output's size is rounded, with a padding in numbers
 * @throws ShapeError where channels differ, or the filter is larger than the padded image; AttributeError; DTypeError
 */
export function conv2d(x: SymLike, filter: SymLike, ...args: ConvolutionArguments): Sym {
  return batched(x, 4, (images) => Conv2D.node({ x: images, filter: float(filter) }, toAttrs(args)));
}

export const doc: OpDoc = {
  summary: 'Convolution of images with a filter.',
  forward: 'y_{b,i,o} = \\sum_{k,c} x_{b,\\, s i + d k - p,\\, c} \\, w_{k,c,o}',
  gradient: {
    x: '\\bar x_{b,j,c} = \\sum_{i,k : \\, s i + d k - p = j} \\sum_o \\bar y_{b,i,o} \\, w_{k,c,o}',
    filter: '\\bar w_{k,c,o} = \\sum_{b,i} x_{b,\\, s i + d k - p,\\, c} \\, \\bar y_{b,i,o}',
  },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), sections 2 and 4',
};
