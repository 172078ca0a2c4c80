import type { OpDoc, Sym } from '../../engine/index.ts';
import { dense, isPlain } from './convolution.ts';
import { defineFused, type FusedConvolution, fuse } from './fused.ts';
import { images } from './images.ts';

/** A convolution, a bias and an activation in one kernel. Backends' rules create it too; its gradients are those of its composite. */
export const FusedConv2D = /* @__PURE__ */ defineFused('FusedConv2D', () => images, dense, isPlain);

/**
 * activation(conv2d(x, filter) + bias), as tf.fused.conv2d; arguments as in `conv2d`.
 * @throws ShapeError if `conv2d` does, the bias does not broadcast, or prelu has no weights; AttributeError; DTypeError
 */
export const fusedConv2d = (convolution: FusedConvolution): Sym => fuse(FusedConv2D, convolution);

export const doc: OpDoc = {
  summary: 'Convolution, bias and activation in one kernel.',
  forward: 'y = \\sigma(x * w + b)',
  gradient: {
    x: "\\text{of the convolution, given } \\bar y \\odot \\sigma'",
    filter: "\\text{of the convolution, given } \\bar y \\odot \\sigma'",
    bias: "\\sum_{b,i} \\bar y \\odot \\sigma'",
    preluActivationWeights: '\\sum_{b,i} \\bar y \\odot z \\odot \\mathbb 1(z \\le 0), \\; z = x * w + b',
  },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016)',
};
