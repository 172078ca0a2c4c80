/** Convolutions of images. */
import { transpose } from '../matrix/transpose.ts';
import { denseInputGradient, filterGradient } from './adjoints.ts';
import { dense, imageAttrs, isPlain, isUndilated } from './convolution.ts';
import { type ConvolutionFamily, convolutionFamily } from './family.ts';
import { FusedConv2D } from './fused-conv2d.ts';

/** tfjs's `byInput` kernel does not support dilations. */
export const images: ConvolutionFamily = /* @__PURE__ */ convolutionFamily({
  names: { forward: 'Conv2D', byInput: 'Conv2DBackpropInput', byFilter: 'Conv2DBackpropFilter' },
  attrs: imageAttrs,
  outChannels: dense,
  fused: () => FusedConv2D,
  kernels: {
    forward: isPlain,
    byInput: (attrs) => isPlain(attrs) && isUndilated(attrs),
    byFilter: isPlain,
  },
  composites: {
    byInput: (dy, filter, inputShape, attrs) =>
      denseInputGradient(dy, filter, inputShape, attrs, (x, reversed, windows) =>
        images.forward.node({ x, filter: reversed }, windows),
      ),
    // sums over the batch, which takes the place of the input channels
    byFilter: (x, dy, filterShape, attrs) => {
      const filter = transpose(dy, [1, 2, 0, 3]);
      const whole = filterGradient(x, filterShape.slice(0, 2), attrs, (windows) =>
        images.forward.node({ x: transpose(x, [3, 1, 2, 0]), filter }, windows),
      );
      return transpose(whole, [1, 2, 0, 3]);
    },
  },
});
