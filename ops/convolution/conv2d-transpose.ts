import type { DimLike, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { conv2DBackpropInput } from './conv2d-backprop-input.ts';
import type { Padding, PerAxis, Rounding } from './geometry.ts';

/**
 * The adjoint of `conv2d` in its input, also called transposed convolution or deconvolution.
 * @param x [batch, height, width, inChannels], or without a batch
 * @param filter [height, width, outChannels, inChannels]
 * @param outputShape the result's shape, of x's rank; `conv2d` of this shape with these strides and this padding must give x's shape
 * @throws ShapeError if it does not; AttributeError; DTypeError
 */
export const conv2dTranspose = (
  x: SymLike,
  filter: SymLike,
  outputShape: readonly DimLike[],
  strides: PerAxis,
  pad: Padding,
  dimRoundingMode?: Rounding,
): Sym => conv2DBackpropInput(outputShape, x, filter, strides, pad, 'NHWC', 1, dimRoundingMode);

export const doc: OpDoc = {
  summary: 'The adjoint of a convolution by its input: images from features.',
  forward: 'y_{b,j,c} = \\sum_{i,k : \\, s i + k - p = j} \\sum_o x_{b,i,o} \\, w_{k,c,o}',
  gradient: {
    x: '\\sum_{k,c} \\bar y_{b,\\, s i + k - p,\\, c} \\, w_{k,c,o}',
    filter: '\\sum_{b,i} \\bar y_{b,\\, s i + k - p,\\, c} \\, x_{b,i,o}',
  },
  source: 'Zeiler et al., "Deconvolutional networks" (2010); Dumoulin and Visin (2016), section 4',
};
