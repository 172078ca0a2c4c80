import type { DimLike, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import type { ConvolutionArguments } from './convolution.ts';
import { convolveByFilter } from './family.ts';
import { images } from './images.ts';

export const Conv2DBackpropFilter = images.byFilter;

/**
 * The gradient of `conv2d` in its filter, of shape `filterShape`, given dy; further arguments as in `conv2d`. x and dy may both lack a
 * batch.
 * @throws ShapeError if dy does not have the output's shape; AttributeError; DTypeError
 */
export const conv2DBackpropFilter = (
  x: SymLike,
  dy: SymLike,
  filterShape: readonly DimLike[],
  ...args: ConvolutionArguments
): Sym => convolveByFilter(images, x, dy, filterShape, args);

export const doc: OpDoc = {
  summary: 'The cotangent of a convolution by its filter.',
  forward: 'w_{k,c,o} = \\sum_{b,i} x_{b,\\, s i + d k - p,\\, c} \\, y_{b,i,o}',
  gradient: {
    x: '\\sum_{i,k : \\, s i + d k - p = j} \\sum_o y_{b,i,o} \\, \\bar w_{k,c,o}',
    dy: '\\sum_{k,c} x_{b,\\, s i + d k - p,\\, c} \\, \\bar w_{k,c,o}',
  },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), section 4',
};
