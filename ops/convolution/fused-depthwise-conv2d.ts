import type { OpDoc, Sym } from '../../engine/index.ts';
import { depthwise } from './convolution.ts';
import { channelwise, hasDepthwiseKernel } from './depthwise.ts';
import { defineFused, type FusedConvolution, fuse } from './fused.ts';

/** A depthwise convolution, a bias and an activation in one kernel. Its gradients are those of its composite. */
export const FusedDepthwiseConv2D = /* @__PURE__ */ defineFused(
  'FusedDepthwiseConv2D',
  () => channelwise,
  depthwise,
  (attrs) => hasDepthwiseKernel(attrs),
);

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
