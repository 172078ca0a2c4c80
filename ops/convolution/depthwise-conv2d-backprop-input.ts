import type { DimLike, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import type { ConvolutionArguments } from './convolution.ts';
import { channelwise } from './depthwise.ts';
import { convolveByInput } from './family.ts';

export const DepthwiseConv2dNativeBackpropInput = channelwise.byInput;

/**
 * The gradient of `depthwiseConv2d` in its input, of shape `xShape`, given dy; further arguments as in `conv2d`. `xShape` and dy may both
 * lack a batch.
 * @throws ShapeError if dy does not have the output's shape; AttributeError; DTypeError
 */
export const depthwiseConv2dNativeBackpropInput = (
  xShape: readonly DimLike[],
  dy: SymLike,
  filter: SymLike,
  ...args: ConvolutionArguments
): Sym => convolveByInput(channelwise, xShape, dy, filter, args);

export const doc: OpDoc = {
  summary: 'The cotangent of a depthwise convolution by its input.',
  forward: 'x_{b,j,c} = \\sum_{i,k : \\, s i + d k - p = j} \\sum_m y_{b,i,(c,m)} \\, w_{k,c,m}',
  gradient: {
    dy: '\\sum_k \\bar x_{b,\\, s i + d k - p,\\, c} \\, w_{k,c,m}',
    filter: '\\sum_{b,i} \\bar x_{b,\\, s i + d k - p,\\, c} \\, y_{b,i,(c,m)}',
  },
  source: 'the adjoint of the depthwise convolution, as in Dumoulin and Visin (2016), section 4',
};
