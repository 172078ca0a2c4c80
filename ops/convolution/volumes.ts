/** What convolutions in three dimensions share, and how they are made of convolutions of images. */
import { addN, attr, type Dim, dim, product, reshape, type Shape, type Sym } from '../../engine/index.ts';
import { pad } from '../shape/pad.ts';
import { slice } from '../shape/slice.ts';
import { stack } from '../shape/stack.ts';
import { conv2d } from './conv2d.ts';
import { conv2DBackpropFilter } from './conv2d-backprop-filter.ts';
import { conv2DBackpropInput } from './conv2d-backprop-input.ts';
import { type ConvolutionArguments, type PerAxis, padding, padToLast, perAxis, toList } from './convolution.ts';
import { type Padding, type WindowAttrs, type Windows, windowsOf } from './geometry.ts';
import { every, spread } from './taps.ts';

export type VolumeFormat = 'NDHWC' | 'NCDHW';

/** Attributes of all convolutions in three dimensions, forward and backward. */
export const volumeAttrs = {
  strides: /* @__PURE__ */ perAxis(3),
  pad: /* @__PURE__ */ padding(),
  dataFormat: /* @__PURE__ */ attr.oneOf(['NDHWC', 'NCDHW'] as const, 'NDHWC'),
  dilations: /* @__PURE__ */ perAxis(3),
};

export interface VolumeAttrs extends WindowAttrs {
  readonly dataFormat: VolumeFormat;
}

/** What builders take, in order, after their operands. */
export type VolumeArguments = readonly [
  strides: PerAxis,
  pad: Padding,
  dataFormat?: VolumeFormat | undefined,
  dilations?: PerAxis | undefined,
];
export const toVolumeAttrs = ([strides, pad, dataFormat = 'NDHWC', dilations = 1]: VolumeArguments): VolumeAttrs => ({
  strides: toList(strides, 3),
  pad,
  dataFormat,
  dilations: toList(dilations, 3),
});
export const toVolumeArguments = (a: VolumeAttrs): VolumeArguments => [a.strides, a.pad, a.dataFormat, a.dilations];

/** The same convolution over values with their channels last. */
export const volumesLast = (attrs: VolumeAttrs): VolumeAttrs => ({
  ...attrs,
  dataFormat: 'NDHWC',
  pad: padToLast(attrs.pad),
});

/**
 * Whether tfjs's kernels understand them: channels last, no explicit padding; and 'same' only where no stride passes over a part of
 * the input, since they take a negative padding for it.
 */
export const isKernelVolume = ({ pad, dataFormat, strides, dilations }: WindowAttrs, filter: Shape): boolean =>
  dataFormat === 'NDHWC' &&
  typeof pad !== 'object' &&
  (pad !== 'same' ||
    strides.every((s, i) => typeof filter[i] === 'number' && s <= (filter[i] - 1) * dilations[i]! + 1));

/** Whether the depth of a filter is known, along which it is taken apart. */
export const hasDepth = (filter: Shape): boolean => typeof filter[0] === 'number';

/** Windows in the depth, and the convolution that each layer of a filter is. */
interface Layers {
  readonly depth: Windows;
  /** 0, 1, ... and where in the padded depth each layer's first window is. */
  readonly offsets: readonly number[];
  readonly padded: Dim;
  readonly image: ConvolutionArguments;
}

function layersOf(input: Shape, filter: Shape, attrs: VolumeAttrs): Layers {
  const [depth, height, width] = windowsOf(input, filter.slice(0, 3), attrs) as [Windows, Windows, Windows];
  const { strides, dilations } = attrs;
  return {
    depth,
    offsets: Array.from({ length: filter[0] as number }, (_, k) => k * depth.dilation),
    padded: dim.add(dim.add(depth.before, depth.size), depth.after),
    image: [
      strides.slice(1),
      [
        [0, 0],
        [height.before, height.after],
        [width.before, width.after],
        [0, 0],
      ],
      'NHWC',
      dilations.slice(1),
    ],
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

/** The convolution: a sum over the filter's layers. */
export function convolveVolumes(x: Sym, filter: Sym, attrs: VolumeAttrs): Sym {
  const layers = layersOf(x.shape, filter.shape, attrs);
  const parts = imagesOf(x, layers).map((images, k) => conv2d(images, layer(filter, k), ...layers.image));
  const whole = addN(parts);
  return reshape(whole, [x.shape[0]!, layers.depth.count, ...whole.shape.slice(1)]);
}

/** Its input's cotangent: each layer's, at the places that it was applied to. */
export function volumeInputGradient(dy: Sym, filter: Sym, inputShape: Shape, attrs: VolumeAttrs): Sym {
  const layers = layersOf(inputShape, filter.shape, attrs);
  const { depth, padded, offsets, image } = layers;
  const [batch, , ...rest] = inputShape;
  const parts = offsets.map((offset, k) => {
    const images = conv2DBackpropInput([dim.mul(batch!, depth.count), ...rest], flat(dy), layer(filter, k), ...image);
    return spread(reshape(images, [batch!, depth.count, product(rest)]), 1, offset, depth.stride, padded);
  });
  return reshape(slice(addN(parts), [0, depth.before, 0], [batch!, depth.size, product(rest)]), inputShape);
}

/** Its filter's cotangent, layer by layer. */
export function volumeFilterGradient(x: Sym, dy: Sym, filterShape: Shape, attrs: VolumeAttrs): Sym {
  const layers = layersOf(x.shape, filterShape, attrs);
  return stack(
    imagesOf(x, layers).map((images) => conv2DBackpropFilter(images, flat(dy), filterShape.slice(1), ...layers.image)),
  );
}
