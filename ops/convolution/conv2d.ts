import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import type { ConvolutionArguments } from './convolution.ts';
import { convolve } from './family.ts';
import { images } from './images.ts';

export const Conv2D = images.forward;

/**
 * Convolves images, [batch, height, width, inChannels] or without a batch, with a filter of [height, width, inChannels, outChannels].
 * Windows are `strides` apart, and the elements of a window `dilations` apart.
 * @param pad 'same', 'valid', a number for all four sides, or a pair for each dimension, as [[0, 0], [top, bottom], [left, right], [0, 0]]
 * @param dataFormat of x and of the result; NCHW: channels before height and width
 * @param dimRoundingMode how the output's size is rounded, if the padding is given by numbers
 * @throws ShapeError if channels differ, or the filter is larger than the padded image; AttributeError; DTypeError
 */
export const conv2d = (x: SymLike, filter: SymLike, ...args: ConvolutionArguments): Sym =>
  convolve(images, x, filter, args);

export const doc: OpDoc = {
  summary: 'Convolution of images with a filter.',
  forward: 'y_{b,i,o} = \\sum_{k,c} x_{b,\\, s i + d k - p,\\, c} \\, w_{k,c,o}',
  gradient: {
    x: '\\bar x_{b,j,c} = \\sum_{i,k : \\, s i + d k - p = j} \\sum_o \\bar y_{b,i,o} \\, w_{k,c,o}',
    filter: '\\bar w_{k,c,o} = \\sum_{b,i} x_{b,\\, s i + d k - p,\\, c} \\, \\bar y_{b,i,o}',
  },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), sections 2 and 4',
};
