import {
  attr,
  type DimLike,
  defineOp,
  type OpDoc,
  reshape,
  type Sym,
  type SymLike,
  toShape,
} from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import { denseInputGradient } from './adjoints.ts';
import { conv2d } from './conv2d.ts';
import { conv2DBackpropFilter } from './conv2d-backprop-filter.ts';
import {
  type ConvolutionArguments,
  channelsLast,
  convolutionAttrs,
  dense,
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

/** tfjs's kernel has no dilations. */
export const Conv2DBackpropInput = defineOp({
  name: 'Conv2DBackpropInput',
  inputs: ['dy', 'filter'],
  attrs: { ...convolutionAttrs, inputShape: attr.shape() },
  infer: ({ dy, filter }, attrs) => inferInputGradient(dy, filter, attrs, dense),
  lowering: [
    { kind: 'kernel', when: (_inputs, attrs) => isPlain(attrs) && isUndilated(attrs) },
    {
      kind: 'composite',
      expand: ({ dy, filter }, attrs) => {
        const { inputShape } = attrs;
        if (!isPlain(attrs))
          return conv2DBackpropInput(inputShape, dy, filter, ...toArguments(plain(attrs, inputShape, filter.shape)));
        if (attrs.dataFormat === 'NCHW')
          return toFirst(
            conv2DBackpropInput(shapeToLast(inputShape), toLast(dy), filter, ...toArguments(channelsLast(attrs))),
          );
        return denseInputGradient(dy, filter, inputShape, attrs, conv2d);
      },
    },
  ],
  traits: { linear: ['dy', 'filter'] },
  gradient: {
    dy: ({ filter }, { dy, attrs }) => conv2d(dy, filter, ...toArguments(attrs)),
    filter: ({ dy, filter }, { dy: dx, attrs }) => conv2DBackpropFilter(dx, dy, filter.shape, ...toArguments(attrs)),
  },
});

/**
 * The cotangent of a convolution's input of shape `xShape`, given that of its output; the arguments after the filter are those of
 * `conv2d`. Without a batch where `xShape` and `dy` have none.
 * @throws ShapeError where dy is not what the convolution gives; AttributeError; DTypeError
 */
export function conv2DBackpropInput(
  xShape: readonly DimLike[],
  dy: SymLike,
  filter: SymLike,
  ...args: ConvolutionArguments
): Sym {
  const [shape, sym] = [toShape(xShape), float(dy)];
  if (shape.length === 3 && sym.rank === 3)
    return reshape(conv2DBackpropInput([1, ...shape], reshape(sym, [1, ...sym.shape]), filter, ...args), shape);
  return Conv2DBackpropInput.node({ dy: sym, filter: float(filter) }, { ...toAttrs(args), inputShape: shape });
}

export const doc: OpDoc = {
  summary: 'The cotangent of a convolution by its input.',
  forward: 'x_{b,j,c} = \\sum_{i,k : \\, s i + d k - p = j} \\sum_o y_{b,i,o} \\, w_{k,c,o}',
  gradient: {
    dy: '\\sum_{k,c} \\bar x_{b,\\, s i + d k - p,\\, c} \\, w_{k,c,o}',
    filter: '\\sum_{b,i} \\bar x_{b,\\, s i + d k - p,\\, c} \\, y_{b,i,o}',
  },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), section 4',
};
