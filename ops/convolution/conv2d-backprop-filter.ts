import { attr, type DimLike, defineOp, type OpDoc, type Sym, type SymLike, toShape } from '../../engine/index.ts';
import { transpose } from '../matrix/transpose.ts';
import { filterGradient } from './adjoints.ts';
import { conv2d } from './conv2d.ts';
import { conv2DBackpropInput } from './conv2d-backprop-input.ts';
import {
  batchedBoth,
  type ConvolutionArguments,
  channelsLast,
  convolutionAttrs,
  dense,
  inferFilterGradient,
  isPlain,
  plain,
  toArguments,
  toAttrs,
  toLast,
} from './convolution.ts';

export const Conv2DBackpropFilter = defineOp({
  name: 'Conv2DBackpropFilter',
  inputs: ['x', 'dy'],
  attrs: { ...convolutionAttrs, filterShape: attr.shape() },
  infer: ({ x, dy }, attrs) => inferFilterGradient(x, dy, attrs, dense),
  lowering: [
    { kind: 'kernel', when: (_inputs, attrs) => isPlain(attrs) },
    {
      kind: 'composite',
      expand: ({ x, dy }, attrs) => {
        const { filterShape } = attrs;
        if (!isPlain(attrs))
          return conv2DBackpropFilter(x, dy, filterShape, ...toArguments(plain(attrs, x.shape, filterShape)));
        if (attrs.dataFormat === 'NCHW')
          return conv2DBackpropFilter(toLast(x), toLast(dy), filterShape, ...toArguments(channelsLast(attrs)));
        // the batch is what is summed over, as channels are elsewhere
        const filter = transpose(dy, [1, 2, 0, 3]);
        const whole = filterGradient(x, filterShape.slice(0, 2), attrs, (...args) =>
          conv2d(transpose(x, [3, 1, 2, 0]), filter, ...args),
        );
        return transpose(whole, [1, 2, 0, 3]);
      },
    },
  ],
  traits: { linear: ['x', 'dy'] },
  gradient: {
    x: ({ x, dy }, { dy: dw, attrs }) => conv2DBackpropInput(x.shape, dy, dw, ...toArguments(attrs)),
    dy: ({ x }, { dy: dw, attrs }) => conv2d(x, dw, ...toArguments(attrs)),
  },
});

/**
 * The cotangent of a convolution's filter of shape `filterShape`, given that of its output; the arguments after the shape are those
 * of `conv2d`. Without a batch where x and dy have none.
 * @throws ShapeError where dy is not what the convolution gives; AttributeError; DTypeError
 */
export function conv2DBackpropFilter(
  x: SymLike,
  dy: SymLike,
  filterShape: readonly DimLike[],
  ...args: ConvolutionArguments
): Sym {
  const [images, sym] = batchedBoth(x, dy, 4);
  return Conv2DBackpropFilter.node({ x: images, dy: sym }, { ...toAttrs(args), filterShape: toShape(filterShape) });
}

export const doc: OpDoc = {
  summary: 'The cotangent of a convolution by its filter.',
  forward: 'w_{k,c,o} = \\sum_{b,i} x_{b,\\, s i + d k - p,\\, c} \\, y_{b,i,o}',
  gradient: {
    x: '\\sum_{i,k : \\, s i + d k - p = j} \\sum_o y_{b,i,o} \\, \\bar w_{k,c,o}',
    dy: '\\sum_{k,c} x_{b,\\, s i + d k - p,\\, c} \\, \\bar w_{k,c,o}',
  },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), section 4',
};
