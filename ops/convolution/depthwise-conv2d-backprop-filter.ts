import {
  attr,
  type DimLike,
  defineOp,
  dim,
  type OpDoc,
  reshape,
  type Sym,
  type SymLike,
  sumAxes,
  toShape,
} from '../../engine/index.ts';
import { transpose } from '../matrix/transpose.ts';
import { filterGradient } from './adjoints.ts';
import {
  batchedBoth,
  type ConvolutionArguments,
  channelsLast,
  convolutionAttrs,
  depthwise,
  inferFilterGradient,
  isPlain,
  plain,
  toArguments,
  toAttrs,
  toLast,
} from './convolution.ts';
import { depthwiseConv2d } from './depthwise-conv2d.ts';
import { depthwiseConv2dNativeBackpropInput } from './depthwise-conv2d-backprop-input.ts';

/** Kernels take channels last. */
export const DepthwiseConv2dNativeBackpropFilter = defineOp({
  name: 'DepthwiseConv2dNativeBackpropFilter',
  inputs: ['x', 'dy'],
  attrs: { ...convolutionAttrs, filterShape: attr.shape() },
  infer: ({ x, dy }, attrs) => inferFilterGradient(x, dy, attrs, depthwise),
  lowering: [
    {
      kind: 'kernel',
      when: (_inputs, attrs) => isPlain(attrs) && attrs.dataFormat === 'NHWC',
    },
    {
      kind: 'composite',
      expand: ({ x, dy }, attrs) => {
        const { filterShape } = attrs;
        if (!isPlain(attrs))
          return depthwiseConv2dNativeBackpropFilter(
            x,
            dy,
            filterShape,
            ...toArguments(plain(attrs, x.shape, filterShape)),
          );
        if (attrs.dataFormat === 'NCHW')
          return depthwiseConv2dNativeBackpropFilter(
            toLast(x),
            toLast(dy),
            filterShape,
            ...toArguments(channelsLast(attrs)),
          );
        // each channel of each image by its own filter, and then the images added up, along a last axis, which kernels take in blocks
        const [batch, height, width, channels] = x.shape;
        const [h, w, , multiplier] = filterShape;
        const [, outHeight, outWidth] = dy.shape;
        const all = dim.mul(batch!, channels!);
        const images = reshape(transpose(x, [1, 2, 0, 3]), [1, height!, width!, all]);
        const filter = reshape(transpose(dy, [1, 2, 0, 3]), [outHeight!, outWidth!, all, multiplier!]);
        const whole = filterGradient(images, [h!, w!], attrs, (...args) => depthwiseConv2d(images, filter, ...args));
        return sumAxes(transpose(reshape(whole, [h!, w!, batch!, channels!, multiplier!]), [0, 1, 3, 4, 2]), [4]);
      },
    },
  ],
  traits: { linear: ['x', 'dy'] },
  gradient: {
    x: ({ x, dy }, { dy: dw, attrs }) => depthwiseConv2dNativeBackpropInput(x.shape, dy, dw, ...toArguments(attrs)),
    dy: ({ x }, { dy: dw, attrs }) => depthwiseConv2d(x, dw, ...toArguments(attrs)),
  },
});

/**
 * The cotangent of a depthwise convolution's filter of shape `filterShape`, given that of its output; the arguments after the shape
 * are those of `depthwiseConv2d`. Without a batch where x and dy have none.
 * @throws ShapeError where dy is not what the convolution gives; AttributeError; DTypeError
 */
export function depthwiseConv2dNativeBackpropFilter(
  x: SymLike,
  dy: SymLike,
  filterShape: readonly DimLike[],
  ...args: ConvolutionArguments
): Sym {
  const [images, sym] = batchedBoth(x, dy, 4);
  return DepthwiseConv2dNativeBackpropFilter.node(
    { x: images, dy: sym },
    { ...toAttrs(args), filterShape: toShape(filterShape) },
  );
}

export const doc: OpDoc = {
  summary: 'The cotangent of a depthwise convolution by its filter.',
  forward: 'w_{k,c,m} = \\sum_{b,i} x_{b,\\, s i + d k - p,\\, c} \\, y_{b,i,(c,m)}',
  gradient: {
    x: '\\sum_{i,k : \\, s i + d k - p = j} \\sum_m y_{b,i,(c,m)} \\, \\bar w_{k,c,m}',
    dy: '\\sum_k x_{b,\\, s i + d k - p,\\, c} \\, \\bar w_{k,c,m}',
  },
  source: 'the adjoint of the depthwise convolution, as in Dumoulin and Visin (2016), section 4',
};
