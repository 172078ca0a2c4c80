import type { DimLike, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import type { ConvolutionArguments } from './convolution.ts';
import { channelwise } from './depthwise.ts';
import { convolveByFilter } from './family.ts';

export const DepthwiseConv2dNativeBackpropFilter = channelwise.byFilter;

/**
 * The gradient of `depthwiseConv2d` in its filter, of shape `filterShape`, given dy; further arguments as in `conv2d`. x and dy may both
 * lack a batch.
 * @throws ShapeError if dy does not have the output's shape; AttributeError; DTypeError
 */
export const depthwiseConv2dNativeBackpropFilter = (
  x: SymLike,
  dy: SymLike,
  filterShape: readonly DimLike[],
  ...args: ConvolutionArguments
): Sym => convolveByFilter(channelwise, x, dy, filterShape, args);

export const doc: OpDoc = {
  summary: 'The cotangent of a depthwise convolution by its filter.',
  forward: 'w_{k,c,m} = \\sum_{b,i} x_{b,\\, s i + d k - p,\\, c} \\, y_{b,i,(c,m)}',
  gradient: {
    x: '\\sum_{i,k : \\, s i + d k - p = j} \\sum_m y_{b,i,(c,m)} \\, \\bar w_{k,c,m}',
    dy: '\\sum_k x_{b,\\, s i + d k - p,\\, c} \\, \\bar w_{k,c,m}',
  },
  source: 'the adjoint of the depthwise convolution, as in Dumoulin and Visin (2016), section 4',
};
