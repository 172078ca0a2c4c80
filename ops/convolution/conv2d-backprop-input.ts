import type { DimLike, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import type { ConvolutionArguments } from './convolution.ts';
import { convolveByInput } from './family.ts';
import { images } from './images.ts';

export const Conv2DBackpropInput = images.byInput;

/**
 * The gradient of `conv2d` in its input, of shape `xShape`, given dy; further arguments as in `conv2d`. `xShape` and dy may both lack a
 * batch.
 * @throws ShapeError if dy does not have the output's shape; AttributeError; DTypeError
 */
export const conv2DBackpropInput = (
  xShape: readonly DimLike[],
  dy: SymLike,
  filter: SymLike,
  ...args: ConvolutionArguments
): Sym => convolveByInput(images, xShape, dy, filter, args);

export const doc: OpDoc = {
  summary: 'The cotangent of a convolution by its input.',
  forward: 'x_{b,j,c} = \\sum_{i,k : \\, s i + d k - p = j} \\sum_o y_{b,i,o} \\, w_{k,c,o}',
  gradient: {
    dy: '\\sum_{k,c} \\bar x_{b,\\, s i + d k - p,\\, c} \\, w_{k,c,o}',
    filter: '\\sum_{b,i} \\bar x_{b,\\, s i + d k - p,\\, c} \\, y_{b,i,o}',
  },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), section 4',
};
