import { type OpDoc, ShapeError, type Sym, type SymLike } from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import { conv2d } from './conv2d.ts';
import { batched, type DataFormat } from './convolution.ts';
import { depthwiseConv2d } from './depthwise-conv2d.ts';
import type { Padding, PerAxis } from './geometry.ts';

/**
 * A depthwise convolution, followed by a 1 x 1 convolution that mixes the channels.
 * @param pointwiseFilter [1, 1, inChannels * channelMultiplier, outChannels]
 * @throws ShapeError, AttributeError, DTypeError
 */
export function separableConv2d(
  x: SymLike,
  depthwiseFilter: SymLike,
  pointwiseFilter: SymLike,
  strides: PerAxis,
  pad: Padding,
  dilation: PerAxis = 1,
  dataFormat: DataFormat = 'NHWC',
): Sym {
  const pointwise = float(pointwiseFilter);
  if (pointwise.rank !== 4 || pointwise.shape[0] !== 1 || pointwise.shape[1] !== 1)
    throw new ShapeError(`separableConv2d: the pointwise filter's height and width must be 1`);
  return batched(x, 4, (images) =>
    conv2d(
      depthwiseConv2d(images, depthwiseFilter, strides, pad, dataFormat, dilation),
      pointwise,
      1,
      'valid',
      dataFormat,
    ),
  );
}

export const doc: OpDoc = {
  summary: 'A depthwise convolution, and then one that mixes channels at each place.',
  forward: 'y_{b,i,o} = \\sum_{c,m} u_{(c,m),o} \\sum_k x_{b,\\, s i + d k - p,\\, c} \\, w_{k,c,m}',
  gradient: {
    x: '\\sum_{i,k : \\, s i + d k - p = j} \\sum_{m,o} \\bar y_{b,i,o} \\, u_{(c,m),o} \\, w_{k,c,m}',
    depthwiseFilter: '\\sum_{b,i,o} x_{b,\\, s i + d k - p,\\, c} \\, u_{(c,m),o} \\, \\bar y_{b,i,o}',
    pointwiseFilter: '\\sum_{b,i,k} x_{b,\\, s i + d k - p,\\, c} \\, w_{k,c,m} \\, \\bar y_{b,i,o}',
  },
  source: 'Chollet, "Xception: deep learning with depthwise separable convolutions" (2017)',
};
