import { defineComposite, type OpDoc, type Sym } from '../../engine/index.ts';
import { convolutionOf, dense, isPlain } from './convolution.ts';
import { afterConvolution, FUSED_INPUTS, type FusedConvolution, fuse, fusedAttrs, inferFused } from './fused.ts';
import { images } from './images.ts';

/** A convolution, a bias and an activation in one kernel. Backends' rules create it too; its gradients are those of its composite. */
export const FusedConv2D = defineComposite({
  name: 'FusedConv2D',
  inputs: FUSED_INPUTS,
  attrs: fusedAttrs,
  infer: (inputs, attrs) => inferFused(inputs, attrs, dense),
  lowering: [
    { kind: 'kernel', when: (_inputs, attrs) => isPlain(attrs) },
    {
      kind: 'composite',
      expand: ({ x, filter, bias, preluActivationWeights }, attrs) =>
        afterConvolution(images.forward.node({ x, filter }, convolutionOf(attrs)), bias, preluActivationWeights, attrs),
    },
  ],
});

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
