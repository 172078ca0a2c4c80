/** Convolutions of volumes, and their composites of convolutions of images. */
import { addN, type Dim, dim, product, reshape, type Shape, type Sym } from '../../engine/index.ts';
import { pad } from '../shape/pad.ts';
import { slice } from '../shape/slice.ts';
import { stack } from '../shape/stack.ts';
import type { PlainWindows } from './adjoints.ts';
import { dense, hasChannelsLast, isUndilated, volumeAttrs } from './convolution.ts';
import { type ConvolutionFamily, convolutionFamily } from './family.ts';
import { type WindowAttrs, type Windows, windowsOf } from './geometry.ts';
import { images } from './images.ts';
import { every, spread } from './taps.ts';

/**
 * Whether tfjs's kernels are right: for channels last, without explicit padding, and for 'same' without strides longer than the dilated
 * filter, for which they compute a negative padding.
 */
const hasKernel = (attrs: WindowAttrs, filter: Shape): boolean =>
  hasChannelsLast(attrs) &&
  typeof attrs.pad !== 'object' &&
  attrs.dimRoundingMode === undefined &&
  (attrs.pad !== 'same' ||
    attrs.strides.every((s, i) => typeof filter[i] === 'number' && s <= (filter[i] - 1) * attrs.dilations[i]! + 1));

/** Windows along the depth, and the image convolution that each layer of the filter performs. */
interface Layers {
  readonly depth: Windows;
  /** For each layer, the offset of its first window in the padded depth. */
  readonly offsets: readonly number[];
  readonly padded: Dim;
  readonly image: PlainWindows;
}

function layersOf(input: Shape, filter: Shape, attrs: WindowAttrs): Layers {
  const [depth, height, width] = windowsOf(input, filter.slice(0, 3), attrs) as [Windows, Windows, Windows];
  const { strides, dilations } = attrs;
  return {
    depth,
    offsets: Array.from({ length: filter[0] as number }, (_, k) => k * depth.dilation),
    padded: dim.add(dim.add(depth.before, depth.size), depth.after),
    image: {
      strides: strides.slice(1),
      pad: [
        [0, 0],
        [height.before, height.after],
        [width.before, width.after],
        [0, 0],
      ],
      dilations: dilations.slice(1),
    },
  };
}

/** For each layer, the images that it is applied to, as one batch. */
function imagesOf(x: Sym, { depth, offsets }: Layers): readonly Sym[] {
  const [batch, size, ...image] = x.shape;
  const padded = pad(reshape(x, [batch!, size!, product(image)]), [
    [0, 0],
    [depth.before, depth.after],
    [0, 0],
  ]);
  return offsets.map((offset) =>
    reshape(every(padded, 1, offset, depth.stride, depth.count), [dim.mul(batch!, depth.count), ...image]),
  );
}

/** Volumes as one batch of images. */
const flat = (y: Sym): Sym => reshape(y, [dim.mul(y.shape[0]!, y.shape[1]!), ...y.shape.slice(2)]);

const layer = (filter: Sym, k: number): Sym => reshape(slice(filter, [k], [1]), filter.shape.slice(1));

/** The convolution as a sum over the filter's layers. */
function convolveVolumes(x: Sym, filter: Sym, attrs: WindowAttrs): Sym {
  const layers = layersOf(x.shape, filter.shape, attrs);
  const parts = imagesOf(x, layers).map((x, k) => images.forward.node({ x, filter: layer(filter, k) }, layers.image));
  const whole = addN(parts);
  return reshape(whole, [x.shape[0]!, layers.depth.count, ...whole.shape.slice(1)]);
}

/** The input's cotangent: the layers' cotangents, summed at the images that they are applied to. */
function byInput(dy: Sym, filter: Sym, inputShape: Shape, attrs: WindowAttrs): Sym {
  const layers = layersOf(inputShape, filter.shape, attrs);
  const { depth, padded, offsets, image } = layers;
  const [batch, , ...rest] = inputShape;
  const parts = offsets.map((offset, k) => {
    const inputShape = [dim.mul(batch!, depth.count), ...rest];
    const dx = images.byInput.node({ dy: flat(dy), filter: layer(filter, k) }, { ...image, inputShape });
    return spread(reshape(dx, [batch!, depth.count, product(rest)]), 1, offset, depth.stride, padded);
  });
  return reshape(slice(addN(parts), [0, depth.before, 0], [batch!, depth.size, product(rest)]), inputShape);
}

function byFilter(x: Sym, dy: Sym, filterShape: Shape, attrs: WindowAttrs): Sym {
  const layers = layersOf(x.shape, filterShape, attrs);
  const ofLayer = { ...layers.image, filterShape: filterShape.slice(1) };
  return stack(imagesOf(x, layers).map((x) => images.byFilter.node({ x, dy: flat(dy) }, ofLayer)));
}

/** tfjs's kernels of the adjoints do not support dilations. */
export const volumes: ConvolutionFamily = /* @__PURE__ */ convolutionFamily({
  names: { forward: 'Conv3D', byInput: 'Conv3DBackpropInputV2', byFilter: 'Conv3DBackpropFilterV2' },
  attrs: volumeAttrs,
  outChannels: dense,
  kernels: {
    forward: hasKernel,
    byInput: (attrs, filter) => hasKernel(attrs, filter) && isUndilated(attrs),
    byFilter: (attrs, filter) => hasKernel(attrs, filter) && isUndilated(attrs),
  },
  composites: { forward: convolveVolumes, byInput, byFilter },
  // composites loop over the filter's layers
  ready: ([depth]) => typeof depth === 'number',
});
