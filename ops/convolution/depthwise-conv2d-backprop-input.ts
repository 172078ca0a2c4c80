import {
  attr,
  type DimLike,
  defineOp,
  type OpDoc,
  product,
  reshape,
  type Sym,
  type SymLike,
  sumAxes,
  toShape,
} from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import { reverse } from '../shape/reverse.ts';
import { inputGradient } from './adjoints.ts';
import {
  type ConvolutionArguments,
  channelsLast,
  convolutionAttrs,
  depthwise,
  inferInputGradient,
  isPlain,
  isUndilated,
  plain,
  shapeToLast,
  toArguments,
  toAttrs,
  toFirst,
  toLast,
} from './convolution.ts';
import { depthwiseConv2d } from './depthwise-conv2d.ts';
import { depthwiseConv2dNativeBackpropFilter } from './depthwise-conv2d-backprop-filter.ts';

/** tfjs's kernel takes channels last, and no dilations. */
export const DepthwiseConv2dNativeBackpropInput = defineOp({
  name: 'DepthwiseConv2dNativeBackpropInput',
  inputs: ['dy', 'filter'],
  attrs: { ...convolutionAttrs, inputShape: attr.shape() },
  infer: ({ dy, filter }, attrs) => inferInputGradient(dy, filter, attrs, depthwise),
  lowering: [
    {
      kind: 'kernel',
      when: (_inputs, attrs) => isPlain(attrs) && attrs.dataFormat === 'NHWC' && isUndilated(attrs),
    },
    {
      kind: 'composite',
      expand: ({ dy, filter }, attrs) => {
        const { inputShape } = attrs;
        if (!isPlain(attrs))
          return depthwiseConv2dNativeBackpropInput(
            inputShape,
            dy,
            filter,
            ...toArguments(plain(attrs, inputShape, filter.shape)),
          );
        if (attrs.dataFormat === 'NCHW')
          return toFirst(
            depthwiseConv2dNativeBackpropInput(
              shapeToLast(inputShape),
              toLast(dy),
              filter,
              ...toArguments(channelsLast(attrs)),
            ),
          );
        // each output channel by its own filter, and then those of one input channel added up
        const [h, w, channels, multiplier] = filter.shape;
        const reversed = reshape(reverse(filter, [0, 1]), [h!, w!, product([channels!, multiplier!]), 1]);
        const parts = inputGradient(dy, [...inputShape.slice(0, 3), dy.shape[3]!], [h!, w!], attrs, (apart, ...args) =>
          depthwiseConv2d(apart, reversed, ...args),
        );
        return sumAxes(reshape(parts, [...inputShape, multiplier!]), [4]);
      },
    },
  ],
  traits: { linear: ['dy', 'filter'] },
  gradient: {
    dy: ({ filter }, { dy, attrs }) => depthwiseConv2d(dy, filter, ...toArguments(attrs)),
    filter: ({ dy, filter }, { dy: dx, attrs }) =>
      depthwiseConv2dNativeBackpropFilter(dx, dy, filter.shape, ...toArguments(attrs)),
  },
});

/**
 * The cotangent of a depthwise convolution's input of shape `xShape`, given that of its output; the arguments after the filter are
 * those of `depthwiseConv2d`. Without a batch where `xShape` and `dy` have none.
 * @throws ShapeError where dy is not what the convolution gives; AttributeError; DTypeError
 */
export function depthwiseConv2dNativeBackpropInput(
  xShape: readonly DimLike[],
  dy: SymLike,
  filter: SymLike,
  ...args: ConvolutionArguments
): Sym {
  const [shape, sym] = [toShape(xShape), float(dy)];
  if (shape.length === 3 && sym.rank === 3)
    return reshape(
      depthwiseConv2dNativeBackpropInput([1, ...shape], reshape(sym, [1, ...sym.shape]), filter, ...args),
      shape,
    );
  return DepthwiseConv2dNativeBackpropInput.node(
    { dy: sym, filter: float(filter) },
    { ...toAttrs(args), inputShape: shape },
  );
}

export const doc: OpDoc = {
  summary: 'The cotangent of a depthwise convolution by its input.',
  forward: 'x_{b,j,c} = \\sum_{i,k : \\, s i + d k - p = j} \\sum_m y_{b,i,(c,m)} \\, w_{k,c,m}',
  gradient: {
    dy: '\\sum_k \\bar x_{b,\\, s i + d k - p,\\, c} \\, w_{k,c,m}',
    filter: '\\sum_{b,i} \\bar x_{b,\\, s i + d k - p,\\, c} \\, y_{b,i,(c,m)}',
  },
  source: 'the adjoint of the depthwise convolution, as in Dumoulin and Visin (2016), section 4',
};
