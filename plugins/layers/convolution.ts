/** Convolutions with variables of their own. Filters are laid out as tf's: [...window, in, out]. */
import { AttributeError, type Dim, dim, type InitializerLike, reshape, type Sym } from '../../engine/index.ts';
import { conv1d as convolve1d } from '../../ops/convolution/conv1d.ts';
import { conv2d as convolve2d } from '../../ops/convolution/conv2d.ts';
import { conv2DBackpropInput } from '../../ops/convolution/conv2d-backprop-input.ts';
import { conv3d as convolve3d } from '../../ops/convolution/conv3d.ts';
import { depthwiseConv2d as convolveDepthwise2d } from '../../ops/convolution/depthwise-conv2d.ts';
import { pad } from '../../ops/shape/pad.ts';
import { glorotUniform } from '../initializers/index.ts';
import {
  type Activation,
  activate,
  type BiasOptions,
  type LayerOptions,
  layer,
  requireCount,
  requireRank,
  sizeOfAxis,
  withBias,
} from './layer.ts';

type Size = number | readonly number[];
type Padding = 'valid' | 'same';

interface WindowOptions extends LayerOptions, BiasOptions {
  readonly kernelSize: Size;
  /** 1 */
  readonly strides?: Size;
  /** 'valid' */
  readonly padding?: Padding;
  readonly activation?: Activation;
}

export interface ConvOptions extends WindowOptions {
  /** How many channels come out. */
  readonly filters: number;
  /** 1 */
  readonly dilationRate?: Size;
  /** glorotUniform */
  readonly kernelInitializer?: InitializerLike;
}

export interface Conv1dOptions extends Omit<ConvOptions, 'padding'> {
  /** 'valid'. 'causal': as much padding before the input as keeps every output from what comes later. */
  readonly padding?: Padding | 'causal';
}

interface FormatOptions {
  /** 'channelsLast' */
  readonly dataFormat?: 'channelsLast' | 'channelsFirst';
}

export interface Conv2dOptions extends ConvOptions, FormatOptions {}
export interface Conv2dTransposeOptions extends Omit<ConvOptions, 'dilationRate'>, FormatOptions {}
export interface DepthwiseConv2dOptions extends WindowOptions, FormatOptions {
  /** How many channels come out for each that goes in: 1. */
  readonly depthMultiplier?: number;
  /** 1 */
  readonly dilationRate?: Size;
  /** glorotUniform */
  readonly depthwiseInitializer?: InitializerLike;
}

/** One number for every axis, or one for each. @throws AttributeError */
function perAxis(kind: string, what: string, size: Size, axes: number): readonly number[] {
  const list = typeof size === 'number' ? Array<number>(axes).fill(size) : size;
  if (!Array.isArray(list) || list.length !== axes)
    throw new AttributeError(`${kind}: ${what} is one number or ${axes}, not ${JSON.stringify(size)}`);
  for (const n of list) requireCount(kind, what, n);
  return list;
}

const alongChannels =
  (first: boolean, axes: number) =>
  (bias: Sym): Sym =>
    first ? reshape(bias, [...bias.shape, ...Array<number>(axes).fill(1)]) : bias;

/**
 * A convolution of sequences: float32[batch, steps, n] to float32[batch, steps', filters]. Variables `kernel` [size, n, filters],
 * `bias` [filters].
 * @throws ShapeError where n is unknown; GraphError, AttributeError
 */
export function conv1d(x: Sym, options: Conv1dOptions): Sym {
  const { filters, kernelSize, strides = 1, padding = 'valid', dilationRate = 1, activation } = options;
  const { kernelInitializer = glorotUniform() } = options;
  requireCount('conv1d', 'filters', filters);
  const [size] = perAxis('conv1d', 'kernelSize', kernelSize, 1);
  const [stride] = perAxis('conv1d', 'strides', strides, 1);
  const [dilation] = perAxis('conv1d', 'dilationRate', dilationRate, 1);
  return layer('conv1d', x, options, (variable) => {
    requireRank('conv1d', x, 3, '[batch, steps, channels]');
    const kernel = variable('kernel', [size!, sizeOfAxis('conv1d', x, -1), filters], kernelInitializer);
    const causal = padding === 'causal';
    const input = causal
      ? pad(x, [
          [0, 0],
          [dilation! * (size! - 1), 0],
          [0, 0],
        ])
      : x;
    const y = convolve1d(input, kernel, stride!, causal ? 'valid' : padding, 'NWC', dilation!);
    return activate('conv1d', withBias(variable, y, filters, options), activation);
  });
}

/**
 * A convolution of images: float32[batch, height, width, n] to float32[batch, height', width', filters], or with the channels before
 * height and width. Variables `kernel` [h, w, n, filters], `bias` [filters].
 * @throws ShapeError where n is unknown; GraphError, AttributeError
 */
export function conv2d(x: Sym, options: Conv2dOptions): Sym {
  const { filters, kernelSize, strides = 1, padding = 'valid', dilationRate = 1, activation } = options;
  const { dataFormat = 'channelsLast', kernelInitializer = glorotUniform() } = options;
  requireCount('conv2d', 'filters', filters);
  const window = perAxis('conv2d', 'kernelSize', kernelSize, 2);
  const steps = perAxis('conv2d', 'strides', strides, 2);
  const dilations = perAxis('conv2d', 'dilationRate', dilationRate, 2);
  const first = dataFormat === 'channelsFirst';
  return layer('conv2d', x, options, (variable) => {
    requireRank('conv2d', x, 4, first ? '[batch, channels, height, width]' : '[batch, height, width, channels]');
    const kernel = variable('kernel', [...window, sizeOfAxis('conv2d', x, first ? 1 : -1), filters], kernelInitializer);
    const y = convolve2d(x, kernel, pair(steps), padding, first ? 'NCHW' : 'NHWC', pair(dilations));
    return activate('conv2d', withBias(variable, y, filters, options, alongChannels(first, 2)), activation);
  });
}

/**
 * A convolution of volumes: float32[batch, depth, height, width, n] to float32[batch, depth', height', width', filters]. Variables
 * `kernel` [d, h, w, n, filters], `bias` [filters].
 * @throws ShapeError where n is unknown; GraphError, AttributeError
 */
export function conv3d(x: Sym, options: ConvOptions & FormatOptions): Sym {
  const { filters, kernelSize, strides = 1, padding = 'valid', dilationRate = 1, activation } = options;
  const { dataFormat = 'channelsLast', kernelInitializer = glorotUniform() } = options;
  requireCount('conv3d', 'filters', filters);
  const window = perAxis('conv3d', 'kernelSize', kernelSize, 3);
  const steps = perAxis('conv3d', 'strides', strides, 3);
  const dilations = perAxis('conv3d', 'dilationRate', dilationRate, 3);
  const first = dataFormat === 'channelsFirst';
  return layer('conv3d', x, options, (variable) => {
    requireRank('conv3d', x, 5, '[batch, depth, height, width, channels]');
    const kernel = variable('kernel', [...window, sizeOfAxis('conv3d', x, first ? 1 : -1), filters], kernelInitializer);
    const y = convolve3d(x, kernel, triple(steps), padding, first ? 'NCDHW' : 'NDHWC', triple(dilations));
    return activate('conv3d', withBias(variable, y, filters, options, alongChannels(first, 3)), activation);
  });
}

/**
 * A convolution of every channel by filters of its own: float32[batch, height, width, n] to float32[batch, height', width', n m].
 * Variables `depthwiseKernel` [h, w, n, m], `bias` [n m].
 * @throws ShapeError where n is unknown; GraphError, AttributeError
 */
export function depthwiseConv2d(x: Sym, options: DepthwiseConv2dOptions): Sym {
  const { kernelSize, strides = 1, padding = 'valid', dilationRate = 1, depthMultiplier = 1, activation } = options;
  const { dataFormat = 'channelsLast', depthwiseInitializer = glorotUniform() } = options;
  requireCount('depthwiseConv2d', 'depthMultiplier', depthMultiplier);
  const window = perAxis('depthwiseConv2d', 'kernelSize', kernelSize, 2);
  const steps = perAxis('depthwiseConv2d', 'strides', strides, 2);
  const dilations = perAxis('depthwiseConv2d', 'dilationRate', dilationRate, 2);
  const first = dataFormat === 'channelsFirst';
  return layer('depthwiseConv2d', x, options, (variable) => {
    requireRank('depthwiseConv2d', x, 4, '[batch, height, width, channels]');
    const channels = sizeOfAxis('depthwiseConv2d', x, first ? 1 : -1);
    const kernel = variable('depthwiseKernel', [...window, channels, depthMultiplier], depthwiseInitializer);
    const y = convolveDepthwise2d(x, kernel, pair(steps), padding, first ? 'NCHW' : 'NHWC', pair(dilations));
    const biased = withBias(variable, y, channels * depthMultiplier, options, alongChannels(first, 2));
    return activate('depthwiseConv2d', biased, activation);
  });
}

/**
 * The adjoint of a convolution, which enlarges images: float32[batch, height, width, n] to float32[batch, height', width', filters],
 * height' being height * stride with 'same' padding, and that plus max(size - stride, 0) with 'valid'. Variables `kernel`
 * [h, w, filters, n], `bias` [filters].
 * @throws ShapeError where n is unknown; GraphError, AttributeError
 */
export function conv2dTranspose(x: Sym, options: Conv2dTransposeOptions): Sym {
  const { filters, kernelSize, strides = 1, padding = 'valid', activation } = options;
  const { dataFormat = 'channelsLast', kernelInitializer = glorotUniform() } = options;
  requireCount('conv2dTranspose', 'filters', filters);
  const window = perAxis('conv2dTranspose', 'kernelSize', kernelSize, 2);
  const steps = perAxis('conv2dTranspose', 'strides', strides, 2);
  const first = dataFormat === 'channelsFirst';
  return layer('conv2dTranspose', x, options, (variable) => {
    requireRank('conv2dTranspose', x, 4, '[batch, height, width, channels]');
    const kernel = variable(
      'kernel',
      [...window, filters, sizeOfAxis('conv2dTranspose', x, first ? 1 : -1)],
      kernelInitializer,
    );
    const enlarged = (axis: number, i: number): Dim =>
      dim.add(dim.mul(x.shape[axis]!, steps[i]!), padding === 'same' ? 0 : Math.max(window[i]! - steps[i]!, 0));
    const [batch] = x.shape;
    const shape = first
      ? [batch!, filters, enlarged(2, 0), enlarged(3, 1)]
      : [batch!, enlarged(1, 0), enlarged(2, 1), filters];
    const y = conv2DBackpropInput(shape, x, kernel, pair(steps), padding, first ? 'NCHW' : 'NHWC');
    return activate('conv2dTranspose', withBias(variable, y, filters, options, alongChannels(first, 2)), activation);
  });
}

const pair = ([a, b]: readonly number[]): [number, number] => [a!, b!];
const triple = ([a, b, c]: readonly number[]): [number, number, number] => [a!, b!, c!];
