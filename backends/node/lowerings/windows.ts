/** TensorFlow's attributes of windows, which cover all dimensions, batch and channels included. */
import type { Node } from '../../../engine/index.ts';
import type { WindowAttrs as ConvolutionAttrs } from '../../../ops/convolution/geometry.ts';
import * as attr from '../graph/attributes.ts';
import type { Attributes } from '../graph/writer.ts';
import { attrsOf } from './lowering.ts';

/** Poolings of images have no format: their channels are last. */
type WindowAttrs = Omit<ConvolutionAttrs, 'dataFormat'> & Partial<Pick<ConvolutionAttrs, 'dataFormat'>>;

export const windowAttrs = (node: Node): WindowAttrs => attrsOf<WindowAttrs>(node);

const whole = (spatial: readonly number[]) => attr.ints([1, ...spatial, 1]);

export const strides = (node: Node): Attributes => ({ strides: whole(windowAttrs(node).strides) });
export const filterSize = (node: Node): Attributes => ({ ksize: whole(node.attrs.filterSize as readonly number[]) });
export const dilations = (node: Node): Attributes => ({ dilations: whole(windowAttrs(node).dilations) });

/** Only for nodes for which `isNamed` or `isPadded` is true. */
export const padding = (node: Node): Attributes => {
  const { pad } = windowAttrs(node);
  return typeof pad === 'object'
    ? { padding: attr.string('EXPLICIT'), explicit_paddings: attr.ints(pad.flat() as number[]) }
    : { padding: attr.string(String(pad).toUpperCase()) };
};

/** Whether the padding is 'same' or 'valid'. */
export const isNamed = (node: Node): boolean => typeof windowAttrs(node).pad === 'string';
/** Whether the padding is named, or explicit with known non-negative numbers. */
export const isPadded = (node: Node): boolean => {
  const { pad } = windowAttrs(node);
  return isNamed(node) || (typeof pad === 'object' && pad.flat().every((p) => typeof p === 'number' && p >= 0));
};
export const isUndilated = (node: Node): boolean => windowAttrs(node).dilations.every((d) => d === 1);
export const isChannelsLast = (node: Node): boolean => {
  const { dataFormat } = windowAttrs(node);
  return dataFormat === undefined || dataFormat === 'NHWC' || dataFormat === 'NDHWC';
};
