import { defineComposite, type OpDoc, type Sym } from '../../engine/index.ts';
import { convolutionOf, depthwise } from './convolution.ts';
import { channelwise, hasDepthwiseKernel } from './depthwise.ts';
import { afterConvolution, FUSED_INPUTS, type FusedConvolution, fuse, fusedAttrs, inferFused } from './fused.ts';

/** A depthwise convolution, a bias and an activation in one kernel. Its gradients are those of its composite. */
export const FusedDepthwiseConv2D = defineComposite({
  name: 'FusedDepthwiseConv2D',
  inputs: FUSED_INPUTS,
  attrs: fusedAttrs,
  infer: (inputs, attrs) => inferFused(inputs, attrs, depthwise),
  lowering: [
    {
      kind: 'kernel',
      when: (_inputs, attrs) => hasDepthwiseKernel(attrs),
    },
    {
      kind: 'composite',
      expand: ({ x, filter, bias, preluActivationWeights }, attrs) =>
        afterConvolution(
          channelwise.forward.node({ x, filter }, convolutionOf(attrs)),
          bias,
          preluActivationWeights,
          attrs,
        ),
    },
  ],
});

/**
 * activation(depthwiseConv2d(x, filter) + bias), as tf.fused.depthwiseConv2d; arguments as in `conv2d`.
 * @throws ShapeError if `depthwiseConv2d` does, the bias does not broadcast, or prelu has no weights; AttributeError; DTypeError
 */
export const fusedDepthwiseConv2d = (convolution: FusedConvolution): Sym => fuse(FusedDepthwiseConv2D, convolution);

export const doc: OpDoc = {
  summary: 'Depthwise convolution, bias and activation in one kernel.',
  forward: 'y = \\sigma(x *_{\\mathrm{depthwise}} w + b)',
  gradient: {
    x: "\\text{of the convolution, given } \\bar y \\odot \\sigma'",
    filter: "\\text{of the convolution, given } \\bar y \\odot \\sigma'",
    bias: "\\sum_{b,i} \\bar y \\odot \\sigma'",
    preluActivationWeights: '\\sum_{b,i} \\bar y \\odot z \\odot \\mathbb 1(z \\le 0), \\; z = x * w + b',
  },
  source: 'Chollet, "Xception: deep learning with depthwise separable convolutions" (2017)',
};
