/** Rows of the fused convolutions. */
import type * as tfjs from '@tensorflow/tfjs-core';
import type { DimLike, Sym } from '../../engine/index.ts';
import { type Sample, sample, uniform } from '../sample.ts';
import type { ConvolutionActivation, FusedConvolution } from './fused.ts';

type Tf = typeof tfjs;
type Tensor = tfjs.Tensor;

const KINDS = {
  dense: (tf: Tf) => tf.conv2d,
  depthwise: (tf: Tf) => tf.depthwiseConv2d,
} as const;

/** The same in tf as separate ops: the gradients of its fused kernels support few activations, and no second order. */
function unfused(
  tf: Tf,
  kind: keyof typeof KINDS,
  [x, filter, bias, weights]: readonly Tensor[],
  activation: ConvolutionActivation,
  strides: number,
  pad: 'same' | 'valid' = 'valid',
): Tensor {
  const y = KINDS[kind](tf)(x as never, filter as never, strides, pad) as Tensor;
  const z = bias === undefined ? y : tf.add(y, bias);
  switch (activation) {
    case 'linear':
      return z;
    case 'prelu':
      return tf.prelu(z, weights!);
    case 'leakyrelu':
      return tf.leakyRelu(z, 0.3);
    default:
      return tf[activation](z);
  }
}

/** tf's fused convolution with exactly the row's arguments. */
const fused =
  (kind: keyof typeof KINDS, attrs: object) =>
  (tf: Tf, [x, filter, bias, preluActivationWeights]: readonly Tensor[]): Tensor =>
    tf.fused[kind === 'dense' ? 'conv2d' : 'depthwiseConv2d']({
      x,
      filter,
      bias,
      preluActivationWeights,
      ...attrs,
    } as never);

/** Biases that keep away from the activations' kinks at 0 and 6. */
const above = (shape: readonly DimLike[]) => uniform(shape, 2.5, 3.2);
const below = (shape: readonly DimLike[]) => uniform(shape, -3.2, -2.5);

/** Rows of a fused convolution. Filters with 4 elements below 0.5 keep the product within 2. */
export function fusedSamples(
  kind: keyof typeof KINDS,
  build: (convolution: FusedConvolution) => Sym,
): readonly Sample[] {
  const filter = kind === 'dense' ? uniform([2, 2, 1, 2], -0.5, 0.5) : uniform([2, 2, 2, 1], -0.5, 0.5);
  const x = uniform(['$n', 3, 3, kind === 'dense' ? 1 : 2]);
  const row = (activation: ConvolutionActivation, bias: typeof x): Sample =>
    sample(
      { x, filter, bias },
      {
        attrs: { strides: 1, pad: 'valid', activation, leakyreluAlpha: 0.3 },
        reference: (tf, inputs) => unfused(tf, kind, inputs, activation, 1),
        tfjs: fused(kind, { strides: 1, pad: 'valid', activation, leakyreluAlpha: 0.3 }),
      },
    );
  const smooth: readonly ConvolutionActivation[] = ['linear', 'sigmoid'];
  const kinked: readonly ConvolutionActivation[] = ['relu', 'relu6', 'leakyrelu', 'elu'];
  return [
    ...smooth.map((activation) => row(activation, uniform([2]))),
    ...kinked.flatMap((activation) => [row(activation, above([2])), row(activation, below([2]))]),
    ...[above, below].map((draw) =>
      sample(
        { x, filter, bias: draw([2]), preluActivationWeights: uniform([2], 0.1, 0.5) },
        {
          attrs: { strides: 1, pad: 'valid', activation: 'prelu' },
          reference: (tf, inputs) => unfused(tf, kind, inputs, 'prelu', 1),
          tfjs: fused(kind, { strides: 1, pad: 'valid', activation: 'prelu' }),
        },
      ),
    ),
    sample(
      { x, filter },
      {
        attrs: { strides: 2, pad: 'same', activation: 'sigmoid' },
        reference: (tf, inputs) => unfused(tf, kind, inputs, 'sigmoid', 2, 'same'),
        tfjs: fused(kind, { strides: 2, pad: 'same', activation: 'sigmoid' }),
        note: 'no bias; same, with strides',
      },
    ),
    sample(
      { x, filter, bias: uniform([]), preluActivationWeights: uniform([2, 1, 2], 0.1, 0.5) },
      {
        build: ({ x: images, filter: weights, bias, preluActivationWeights }) =>
          build({
            x: images!,
            filter: weights!,
            strides: 1,
            pad: 'valid',
            bias: bias!,
            activation: 'prelu',
            preluActivationWeights: preluActivationWeights!,
          }),
        reference: (tf, inputs) => unfused(tf, kind, inputs, 'prelu', 1),
        tfjs: fused(kind, { strides: 1, pad: 'valid', activation: 'prelu' }),
        notDifferentiable: 'values on both sides of the kink',
        note: 'a scalar bias, weights for each row',
      },
    ),
    sample(
      { x: uniform([kind === 'dense' ? 1 : 2, 3, 3]), filter, bias: above([2]), alpha: uniform([2], 0.1, 0.5) },
      {
        build: ({ x: image, filter: weights, bias, alpha }) =>
          build({
            x: image!,
            filter: weights!,
            strides: 1,
            pad: 1,
            dataFormat: 'NCHW',
            dilations: 2,
            bias: bias!,
            activation: 'prelu',
            preluActivationWeights: alpha!,
          }),
        reference: (tf, [image, weights, bias, alpha]) => {
          const last = tf.pad(tf.transpose(image!, [1, 2, 0]), [
            [1, 1],
            [1, 1],
            [0, 0],
          ]);
          const y = KINDS[kind](tf)(last as never, weights as never, 1, 'valid', 'NHWC', 2) as Tensor;
          return tf.transpose(tf.prelu(tf.add(y, bias!), alpha!), [2, 0, 1]);
        },
        tfjs: fused(kind, { strides: 1, pad: 1, dataFormat: 'NCHW', dilations: 2, activation: 'prelu' }),
        tfGradIsWrong: 'throws for dilations',
        note: 'one image, channels first, a numeric padding, dilations',
      },
    ),
    sample(
      { x: uniform([0, 3, 3, kind === 'dense' ? 1 : 2]), filter, bias: uniform([2]) },
      {
        attrs: { strides: 1, pad: 'valid', activation: 'sigmoid' },
        reference: (tf, inputs) => unfused(tf, kind, inputs, 'sigmoid', 1),
        tfjs: fused(kind, { strides: 1, pad: 'valid', activation: 'sigmoid' }),
        note: 'no images',
      },
    ),
  ];
}
