import type { DimLike, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { conv3DBackpropInput } from './conv3d-backprop-input.ts';
import type { Padding, PerAxis } from './geometry.ts';

/**
 * The adjoint of `conv3d` in its input.
 * @param x [batch, depth, height, width, inChannels], or without a batch
 * @param filter [depth, height, width, outChannels, inChannels]
 * @param outputShape the result's shape, of x's rank; `conv3d` of this shape with these strides and this padding must give x's shape
 * @throws ShapeError if it does not; AttributeError; DTypeError
 */
export const conv3dTranspose = (
  x: SymLike,
  filter: SymLike,
  outputShape: readonly DimLike[],
  strides: PerAxis,
  pad: Padding,
): Sym => conv3DBackpropInput(outputShape, x, filter, strides, pad);

export const doc: OpDoc = {
  summary: 'The adjoint of a convolution of volumes by its input.',
  forward: 'y_{b,j,c} = \\sum_{i,k : \\, s i + k - p = j} \\sum_o x_{b,i,o} \\, w_{k,c,o}',
  gradient: {
    x: '\\sum_{k,c} \\bar y_{b,\\, s i + k - p,\\, c} \\, w_{k,c,o}',
    filter: '\\sum_{b,i} \\bar y_{b,\\, s i + k - p,\\, c} \\, x_{b,i,o}',
  },
  source: 'Zeiler et al., "Deconvolutional networks" (2010), in three dimensions',
};
