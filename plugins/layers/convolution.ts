/** Convolution layers. Filters have the layout of tf: [...window, in, out]. */

import { type Dim, dim, type InitializerLike, reshape, type Sym } from '../../engine/index.ts';
import {
  conv2DBackpropInput,
  conv1d as convolve1d,
  conv2d as convolve2d,
  conv3d as convolve3d,
  depthwiseConv2d as convolveDepthwise2d,
  pad,
} from '../../ops/exports.ts';
import { glorotUniform } from '../initializers/exports.ts';
import type { Regularizer } from '../regularizers/exports.ts';
import {
  type Activation,
  type BiasOptions,
  type DataFormat,
  type KernelOptions,
  type LayerOptions,
  layer,
  type MakeVariable,
  makeKernel,
  type PerAxis,
  perAxis,
  requireActivation,
  requireCount,
  requireOneOf,
  requireSpace,
  sizeOfAxis,
  withBias,
} from './layer.ts';

type Padding = 'valid' | 'same';

interface WindowOptions extends LayerOptions, BiasOptions {
  readonly kernelSize: PerAxis;
  /** Default 1. */
  readonly strides?: PerAxis;
  /** Default 'valid'. */
  readonly padding?: Padding;
  readonly activation?: Activation;
}

interface ConvOptions extends WindowOptions, KernelOptions {
  /** The number of output channels. */
  readonly filters: number;
  /** Default 1. */
  readonly dilationRate?: PerAxis;
}

export interface Conv1dOptions extends Omit<ConvOptions, 'padding'> {
  /** Default 'valid'. 'causal' pads the start, so that no output depends on later input. */
  readonly padding?: Padding | 'causal';
}

interface FormatOptions {
  /** Default 'channelsLast'. */
  readonly dataFormat?: DataFormat;
}

export interface Conv2dOptions extends ConvOptions, FormatOptions {}
export interface Conv3dOptions extends ConvOptions, FormatOptions {}
export interface Conv2dTransposeOptions extends Omit<ConvOptions, 'dilationRate'>, FormatOptions {}
export interface DepthwiseConv2dOptions extends WindowOptions, FormatOptions {
  /** The number of output channels for each input channel. Default 1. */
  readonly depthMultiplier?: number;
  /** Default 1. */
  readonly dilationRate?: PerAxis;
  /** Default: glorotUniform. */
  readonly depthwiseInitializer?: InitializerLike;
  /** The penalty of the depthwise kernel: see `regularized`. */
  readonly depthwiseRegularizer?: Regularizer;
}

export interface SeparableConv2dOptions extends DepthwiseConv2dOptions {
  /** The number of output channels. */
  readonly filters: number;
  /** Default: glorotUniform. */
  readonly pointwiseInitializer?: InitializerLike;
  /** The penalty of the pointwise kernel: see `regularized`. */
  readonly pointwiseRegularizer?: Regularizer;
}

interface Settings {
  readonly window: readonly number[];
  readonly steps: readonly number[];
  readonly dilations: readonly number[];
  /** Whether the channels are first. */
  readonly first: boolean;
}

/** The window, strides and dilations of a convolution, one number for each axis. @throws AttributeError, ShapeError */
function parseOptions(
  kind: string,
  x: Sym,
  axes: 1 | 2 | 3,
  options: Omit<WindowOptions, 'padding'> & FormatOptions & Pick<ConvOptions, 'dilationRate'> & { padding?: string },
): Settings {
  const { kernelSize, strides = 1, dilationRate = 1, padding = 'valid', activation } = options;
  requireOneOf(kind, 'padding', padding, axes === 1 ? ['valid', 'same', 'causal'] : ['valid', 'same']);
  requireActivation(kind, 'activation', activation);
  requireSpace(kind, x, axes, options.dataFormat);
  return {
    window: perAxis(kind, 'kernelSize', kernelSize, axes),
    steps: perAxis(kind, 'strides', strides, axes),
    dilations: perAxis(kind, 'dilationRate', dilationRate, axes),
    first: options.dataFormat === 'channelsFirst',
  };
}

/** Adds the bias, if there is one, along the channels, and applies the activation. */
function finish(
  variable: MakeVariable,
  y: Sym,
  channels: number,
  options: Omit<WindowOptions, 'padding'> & FormatOptions,
  spatialAxes: number,
): Sym {
  const first = options.dataFormat === 'channelsFirst';
  const alongChannels = (bias: Sym): Sym => reshape(bias, [channels, ...Array<number>(spatialAxes).fill(1)]);
  const biased = withBias(variable, y, channels, options, first ? alongChannels : undefined);
  return options.activation === undefined ? biased : options.activation(biased);
}

const pair = ([a, b]: readonly number[]): [number, number] => [a!, b!];
const triple = ([a, b, c]: readonly number[]): [number, number, number] => [a!, b!, c!];

/**
 * A 1D convolution: float32[batch, steps, n] to float32[batch, steps', filters]. Variables `kernel` [size, n, filters], `bias` [filters].
 * @throws ShapeError if n is unknown; GraphError, AttributeError
 */
export function conv1d(x: Sym, options: Conv1dOptions): Sym {
  const { filters, padding = 'valid' } = options;
  return layer('conv1d', x, options, (variable) => {
    requireCount('conv1d', 'filters', filters);
    const { window, steps, dilations } = parseOptions('conv1d', x, 1, options);
    const [size, stride, dilation] = [window[0]!, steps[0]!, dilations[0]!];
    const kernel = makeKernel(variable, [size, sizeOfAxis('conv1d', x, -1), filters], options);
    const y =
      padding === 'causal'
        ? convolve1d(pad(x, [NONE, [dilation * (size - 1), 0], NONE]), kernel, stride, 'valid', 'NWC', dilation)
        : convolve1d(x, kernel, stride, padding, 'NWC', dilation);
    return finish(variable, y, filters, options, 1);
  });
}

const NONE: [number, number] = [0, 0];

/**
 * A 2D convolution: float32[batch, height, width, n] to float32[batch, height', width', filters], or with the channels before height and
 * width. Variables `kernel` [h, w, n, filters], `bias` [filters].
 * @throws ShapeError if n is unknown; GraphError, AttributeError
 */
export function conv2d(x: Sym, options: Conv2dOptions): Sym {
  const { filters, padding = 'valid' } = options;
  return layer('conv2d', x, options, (variable) => {
    requireCount('conv2d', 'filters', filters);
    const { window, steps, dilations, first } = parseOptions('conv2d', x, 2, options);
    const kernel = makeKernel(variable, [...window, sizeOfAxis('conv2d', x, first ? 1 : -1), filters], options);
    const y = convolve2d(x, kernel, pair(steps), padding, first ? 'NCHW' : 'NHWC', pair(dilations));
    return finish(variable, y, filters, options, 2);
  });
}

/**
 * A 3D convolution: float32[batch, depth, height, width, n] to float32[batch, depth', height', width', filters], or with the channels
 * before the depth. Variables `kernel` [d, h, w, n, filters], `bias` [filters].
 * @throws ShapeError if n is unknown; GraphError, AttributeError
 */
export function conv3d(x: Sym, options: Conv3dOptions): Sym {
  const { filters, padding = 'valid' } = options;
  return layer('conv3d', x, options, (variable) => {
    requireCount('conv3d', 'filters', filters);
    const { window, steps, dilations, first } = parseOptions('conv3d', x, 3, options);
    const kernel = makeKernel(variable, [...window, sizeOfAxis('conv3d', x, first ? 1 : -1), filters], options);
    const y = convolve3d(x, kernel, triple(steps), padding, first ? 'NCDHW' : 'NDHWC', triple(dilations));
    return finish(variable, y, filters, options, 3);
  });
}

/**
 * Convolves each channel with m filters: float32[batch, height, width, n] to float32[batch, height', width', n m], or with the channels
 * before height and width. Variables `depthwiseKernel` [h, w, n, m], `bias` [n m].
 * @throws ShapeError if n is unknown; GraphError, AttributeError
 */
export function depthwiseConv2d(x: Sym, options: DepthwiseConv2dOptions): Sym {
  const { depthMultiplier = 1 } = options;
  return layer('depthwiseConv2d', x, options, (variable) => {
    const { y, channels } = depthwise('depthwiseConv2d', variable, x, options);
    return finish(variable, y, channels * depthMultiplier, options, 2);
  });
}

/** Convolves each channel with its filters. @returns the result and the channel count */
function depthwise(
  kind: string,
  variable: MakeVariable,
  x: Sym,
  options: DepthwiseConv2dOptions,
): { readonly y: Sym; readonly channels: number } {
  const { padding = 'valid', depthMultiplier = 1, depthwiseInitializer = glorotUniform() } = options;
  requireCount(kind, 'depthMultiplier', depthMultiplier);
  const { window, steps, dilations, first } = parseOptions(kind, x, 2, options);
  const channels = sizeOfAxis(kind, x, first ? 1 : -1);
  const kernel = variable('depthwiseKernel', [...window, channels, depthMultiplier], depthwiseInitializer, {
    regularizer: options.depthwiseRegularizer,
  });
  const y = convolveDepthwise2d(x, kernel, pair(steps), padding, first ? 'NCHW' : 'NHWC', pair(dilations));
  return { y, channels };
}

/**
 * A depthwise convolution followed by a 1x1 convolution, which mixes the channels: float32[batch, height, width, n] to float32[batch,
 * height', width', filters], or with the channels before height and width. Variables `depthwiseKernel` [h, w, n, m], `pointwiseKernel` [1,
 * 1, n m, filters], `bias` [filters].
 *
 * F. Chollet, "Xception: deep learning with depthwise separable convolutions", CVPR 2017.
 * @throws ShapeError if n is unknown; GraphError, AttributeError
 */
export function separableConv2d(x: Sym, options: SeparableConv2dOptions): Sym {
  const { filters, depthMultiplier = 1, pointwiseInitializer = glorotUniform() } = options;
  return layer('separableConv2d', x, options, (variable) => {
    requireCount('separableConv2d', 'filters', filters);
    const { y, channels } = depthwise('separableConv2d', variable, x, options);
    const kernel = variable('pointwiseKernel', [1, 1, channels * depthMultiplier, filters], pointwiseInitializer, {
      regularizer: options.pointwiseRegularizer,
    });
    const format = options.dataFormat === 'channelsFirst' ? 'NCHW' : 'NHWC';
    return finish(variable, convolve2d(y, kernel, 1, 'valid', format), filters, options, 2);
  });
}

/**
 * A transposed convolution, which enlarges images: float32[batch, height, width, n] to float32[batch, height', width', filters], or with
 * the channels before height and width. height' is height * stride with 'same' padding, and height * stride + max(size - stride, 0) with
 * 'valid'. Variables `kernel` [h, w, filters, n], `bias` [filters].
 * @throws ShapeError if n is unknown; GraphError, AttributeError
 */
export function conv2dTranspose(x: Sym, options: Conv2dTransposeOptions): Sym {
  const { filters, padding = 'valid' } = options;
  return layer('conv2dTranspose', x, options, (variable) => {
    requireCount('conv2dTranspose', 'filters', filters);
    const { window, steps, first } = parseOptions('conv2dTranspose', x, 2, options);
    const channels = sizeOfAxis('conv2dTranspose', x, first ? 1 : -1);
    const kernel = makeKernel(variable, [...window, filters, channels], options);
    const enlarged = [0, 1].map((i): Dim => {
      const beyond = padding === 'same' ? 0 : Math.max(window[i]! - steps[i]!, 0);
      return dim.add(dim.mul(x.shape[i + (first ? 2 : 1)]!, steps[i]!), beyond);
    });
    const [batch] = x.shape;
    const shape = first ? [batch!, filters, ...enlarged] : [batch!, ...enlarged, filters];
    const y = conv2DBackpropInput(shape, x, kernel, pair(steps), padding, first ? 'NCHW' : 'NHWC');
    return finish(variable, y, filters, options, 2);
  });
}
