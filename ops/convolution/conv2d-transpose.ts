import { type DimLike, type OpDoc, type Sym, type SymLike, sample, uniform } from '../../engine/index.ts';
import { conv2DBackpropInput } from './conv2d-backprop-input.ts';
import type { PerAxis } from './convolution.ts';
import type { Padding, Rounding } from './geometry.ts';

/**
 * The adjoint of a convolution by its input, also called a deconvolution.
 * @param x [batch, height, width, inChannels], or without a batch
 * @param filter [height, width, outChannels, inChannels]
 * @param outputShape of the result, of x's rank; one for which a convolution with these strides and this padding gives x's shape
 * @throws ShapeError where it does not; AttributeError; DTypeError
 */
export function conv2dTranspose(
  x: SymLike,
  filter: SymLike,
  outputShape: readonly DimLike[],
  strides: PerAxis,
  pad: Padding,
  dimRoundingMode?: Rounding,
): Sym {
  return conv2DBackpropInput(outputShape, x, filter, strides, pad, 'NHWC', 1, dimRoundingMode);
}

export const doc: OpDoc = {
  summary: 'The adjoint of a convolution by its input: images from features.',
  forward: 'y_{b,j,c} = \\sum_{i,k : \\, s i + k - p = j} \\sum_o x_{b,i,o} \\, w_{k,c,o}',
  gradient: {
    x: '\\sum_{k,c} \\bar y_{b,\\, s i + k - p,\\, c} \\, w_{k,c,o}',
    filter: '\\sum_{b,i} \\bar y_{b,\\, s i + k - p,\\, c} \\, x_{b,i,o}',
  },
  source: 'Zeiler et al., "Deconvolutional networks" (2010); Dumoulin and Visin (2016), section 4',
};
export const samples = () => [
  sample(
    { x: uniform(['$n', 2, 3, 2]), filter: uniform([3, 3, 1, 2]) },
    {
      build: ({ x, filter }) => conv2dTranspose(x!, filter!, ['$n', 4, 6, 1], 2, 'same'),
      reference: (tf, [x, filter]) =>
        tf.conv2dTranspose(x as never, filter as never, [x!.shape[0]!, 4, 6, 1], 2, 'same'),
    },
  ),
  sample(
    { x: uniform([2, 3, 1]), filter: uniform([2, 2, 2, 1]) },
    {
      build: ({ x, filter }) => conv2dTranspose(x!, filter!, [3, 4, 2], 1, 'valid'),
      reference: (tf, [x, filter]) => tf.conv2dTranspose(x as never, filter as never, [3, 4, 2], 1, 'valid'),
      note: 'one image',
    },
  ),
  sample(
    { x: uniform(['$n', '$h', '$w', 1]), filter: uniform([2, 2, 1, 1]) },
    {
      build: ({ x, filter }) => conv2dTranspose(x!, filter!, ['$n', '2 * $h', '2 * $w', 1], 2, 'valid'),
      reference: (tf, [x, filter]) => {
        const [n, h, w] = x!.shape as [number, number, number];
        return tf.conv2dTranspose(x as never, filter as never, [n, 2 * h, 2 * w, 1], 2, 'valid');
      },
      note: 'images of unknown sizes',
    },
  ),
  sample(
    { x: uniform([1, 2, 2, 1]), filter: uniform([2, 3, 1, 1]) },
    {
      build: ({ x, filter }) => conv2dTranspose(x!, filter!, [1, 2, 3, 1], 2, 1, 'floor'),
      reference: (tf, [x, filter]) => {
        const whole = tf.conv2dTranspose(x as never, filter as never, [1, 4, 5, 1], 2, 'valid');
        return tf.slice(whole, [0, 1, 1, 0], [1, 2, 3, 1]);
      },
      tfjs: (tf, [x, filter]) => tf.conv2dTranspose(x as never, filter as never, [1, 2, 3, 1], 2, 1, 'floor'),
      note: 'a numeric padding, which takes away',
    },
  ),
];
