import { AttributeError, defineOp, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import { batched, isPlain } from './convolution.ts';
import { dilationAttrs, greatestOf, inferDilation, toDilationAttrs } from './dilation.ts';
import { dilation2DBackpropFilter } from './dilation2d-backprop-filter.ts';
import { dilation2DBackpropInput } from './dilation2d-backprop-input.ts';
import type { Padding, PerAxis } from './geometry.ts';

export const Dilation2D = defineOp({
  name: 'Dilation2D',
  inputs: ['x', 'filter'],
  attrs: dilationAttrs,
  infer: ({ x, filter }, attrs) => [inferDilation(x, filter, attrs)],
  lowering: [
    { kind: 'kernel', when: (_inputs, attrs) => isPlain({ ...attrs, dataFormat: 'NHWC' }) },
    { kind: 'composite', expand: ({ x, filter }, attrs) => greatestOf(x, filter, attrs).value },
  ],
  gradient: {
    x: ({ x, filter }, { dy, attrs: { strides, pad, dilations } }) =>
      dilation2DBackpropInput(x, filter, dy, strides, pad, dilations),
    filter: ({ x, filter }, { dy, attrs: { strides, pad, dilations } }) =>
      dilation2DBackpropFilter(x, filter, dy, strides, pad, dilations),
  },
});

/**
 * The greatest sum of a window and the filter, for each channel separately: a grayscale morphological dilation.
 * @param x [batch, height, width, channels], or without a batch
 * @param filter [height, width, channels]; its height and width must be known
 * @throws ShapeError, DTypeError; AttributeError for a padding with which a window would have no element of the image
 */
export function dilation2d(
  x: SymLike,
  filter: SymLike,
  strides: PerAxis,
  pad: Padding,
  dilations: PerAxis = 1,
  dataFormat = 'NHWC',
): Sym {
  if (dataFormat !== 'NHWC') throw new AttributeError(`dilation2d: dataFormat '${dataFormat}'; it takes 'NHWC' only`);
  return batched(x, 4, (images) =>
    Dilation2D.node({ x: images, filter: float(filter) }, toDilationAttrs([strides, pad, dilations])),
  );
}

export const doc: OpDoc = {
  summary: 'Grayscale dilation: the greatest sum of a window and a filter, for each channel.',
  forward: 'y_{b,i,c} = \\max_k \\left( x_{b,\\, s i + d k - p,\\, c} + w_{k,c} \\right)',
  gradient: {
    x: '\\bar x_{b,j,c} = \\sum_{i : \\, s i + d k^*_{b,i,c} - p = j} \\bar y_{b,i,c}, \\; k^* \\text{ the first greatest}',
    filter: '\\bar w_{k,c} = \\sum_{b,i : \\, k^*_{b,i,c} = k} \\bar y_{b,i,c}',
  },
  source:
    'Franchi, Fehri and Yao, "Deep morphological networks" (2020); convention: the first of equal ones, in row-major order',
};
