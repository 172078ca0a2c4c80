/** Rows of the convolutions in two dimensions, and of their gradients. */
import type * as tfjs from '@tensorflow/tfjs-core';
import type { DimLike } from '../../engine/index.ts';
import { type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { type ConvolutionArguments, toAttrs } from './convolution.ts';
import type { Pair } from './geometry.ts';

type Tf = typeof tfjs;
type Tensor = tfjs.Tensor;
type Shape = readonly DimLike[];

interface Row {
  readonly x: Shape;
  readonly filter: Shape;
  readonly y: Shape;
  readonly args: ConvolutionArguments;
  /** The padding of height and width in tf, if it differs: explicit for a number, and for rounding up. */
  readonly pad?: readonly Pair[];
  /**
   * What is wrong with tf.grad of tf's convolution, dense or depthwise, apart from its lack of dilations; and with the kernel of the dense
   * input's gradient.
   */
  readonly fault?: { readonly dense?: string; readonly depthwise?: string; readonly denseInput?: string };
  readonly note?: string;
}

const PADS_WRONGLY = 'pads wrongly, as the value does';
const SWAPS_CHANNELS = 'takes the channels for the height, as the value does';

/** The rows; the last dimensions of the filter and of y are those of a dense convolution. */
const ROWS: readonly Row[] = [
  { x: ['$n', 4, 4, 2], filter: [2, 2, 2, 3], y: ['$n', 3, 3, 3], args: [1, 'valid'] },
  { x: ['$n', 4, 3, 2], filter: [2, 3, 2, 2], y: ['$n', 4, 3, 2], args: [1, 'same'], note: 'same' },
  { x: [2, 5, 4, 1], filter: [3, 2, 1, 2], y: [2, 3, 2, 2], args: [2, 'same'], note: 'same, with strides' },
  { x: [1, 6, 5, 2], filter: [3, 2, 2, 2], y: [1, 2, 4, 2], args: [[2, 1], 'valid'], note: 'rows that no window uses' },
  { x: [1, 5, 5, 1], filter: [1, 1, 1, 2], y: [1, 2, 2, 2], args: [3, 'same'], note: 'strides beyond the filter' },
  {
    x: [1, 6, 6, 2],
    filter: [2, 2, 2, 2],
    y: [1, 2, 2, 2],
    args: [3, 'same'],
    note: 'same, with strides that leave out some of the image',
  },
  { x: ['$n', 5, 4, 2], filter: [2, 2, 2, 2], y: ['$n', 3, 2, 2], args: [1, 'valid', 'NHWC', 2], note: 'dilations' },
  {
    x: [1, 4, 5, 1],
    filter: [2, 3, 1, 2],
    y: [1, 4, 5, 2],
    args: [1, 'same', 'NHWC', [1, 2]],
    note: 'same, with dilations',
  },
  {
    x: [1, 7, 6, 1],
    filter: [2, 2, 1, 2],
    y: [1, 3, 2, 2],
    args: [2, 'valid', 'NHWC', [2, 3]],
    note: 'strides and dilations, which tf does not take together',
  },
  {
    x: [1, 5, 5, 1],
    filter: [2, 3, 1, 1],
    y: [1, 6, 5, 1],
    args: [1, 1],
    pad: [
      [1, 1],
      [1, 1],
    ],
    fault: { dense: PADS_WRONGLY, depthwise: PADS_WRONGLY, denseInput: PADS_WRONGLY },
    note: 'a numeric padding, and a filter that is not square',
  },
  {
    x: ['$n', 3, 4, 1],
    filter: [2, 2, 1, 2],
    y: ['$n', 3, 3, 2],
    args: [
      [2, 1],
      [
        [0, 0],
        [1, 2],
        [0, 0],
        [0, 0],
      ],
    ],
    note: 'an explicit padding',
  },
  {
    x: [1, 2, 3, 1],
    filter: [2, 1, 1, 1],
    y: [1, 6, 5, 1],
    args: [
      1,
      [
        [0, 0],
        [3, 2],
        [0, 2],
        [0, 0],
      ],
    ],
    note: 'windows in the padding alone',
  },
  {
    x: [1, 4, 4, 1],
    filter: [3, 3, 1, 1],
    y: [1, 2, 2, 1],
    args: [2, 0, 'NHWC', 1, 'ceil'],
    pad: [
      [0, 1],
      [0, 1],
    ],
    fault: { dense: 'rounds down' },
    note: 'an output rounded up',
  },
  {
    x: [1, 7, 5, 1],
    filter: [2, 2, 1, 1],
    y: [1, 3, 2, 1],
    args: [3, 0, 'NHWC', 1, 'round'],
    pad: [
      [0, 1],
      [0, 0],
    ],
    fault: { dense: 'rounds down' },
    note: 'an output rounded to the nearest',
  },
  {
    x: ['$n', 5, 4, 1],
    filter: [2, 2, 1, 1],
    y: ['$n', 3, 3, 1],
    args: [2, 1, 'NHWC', 1, 'floor'],
    pad: [
      [1, 1],
      [1, 1],
    ],
    note: 'an output rounded down',
  },
  {
    x: ['$n', 2, 4, 3],
    filter: [2, 2, 2, 3],
    y: ['$n', 3, 3, 2],
    args: [1, 'valid', 'NCHW'],
    fault: { depthwise: SWAPS_CHANNELS },
    note: 'channels first',
  },
  {
    x: [1, 2, 4, 5],
    filter: [2, 2, 2, 2],
    y: [1, 2, 2, 2],
    args: [
      2,
      [
        [0, 0],
        [0, 0],
        [1, 0],
        [0, 0],
      ],
      'NCHW',
      1,
    ],
    fault: { depthwise: SWAPS_CHANNELS },
    note: 'channels first, an explicit padding and strides',
  },
  {
    x: [1, 1, 5, 4],
    filter: [2, 2, 1, 2],
    y: [1, 2, 3, 2],
    args: [1, 'valid', 'NCHW', 2],
    note: 'channels first, with dilations',
  },
  { x: [0, 3, 3, 1], filter: [2, 2, 1, 2], y: [0, 2, 2, 2], args: [1, 'valid'], note: 'no images' },
];

/** The differences between the dense and the depthwise convolution. */
interface Kind {
  readonly name: string;
  /** Converts the row's shapes to this kind's channels. */
  readonly adapt: (row: Row) => Row;
  /** tf's convolution, which supports strides or dilations, but not both. */
  readonly convolve: (tf: Tf, x: Tensor, filter: Tensor, strides: [number, number], pad: TfPad) => Tensor;
  /** tf's convolution with exactly the row's arguments. */
  readonly own: (tf: Tf, x: Tensor, filter: Tensor, args: ConvolutionArguments) => Tensor;
}
type TfPad = 'same' | 'valid' | tfjs.backend_util.ExplicitPadding;

const DENSE: Kind = {
  name: 'Conv2D',
  adapt: (row) => row,
  convolve: (tf, x, filter, strides, pad) => tf.conv2d(x as never, filter as never, strides, pad),
  own: (tf, x, filter, args) => tf.conv2d(x as never, filter as never, ...(args as unknown as [1, 'valid'])),
};
/** Gives the depthwise filter the dense filter's outputs for each channel. */
const DEPTHWISE: Kind = {
  name: 'DepthwiseConv2dNative',
  adapt: (row) => {
    const channels = (row.filter[2] as number) * (row.filter[3] as number);
    const at = row.args[2] === 'NCHW' ? 1 : 3;
    return { ...row, y: row.y.map((d, i) => (i === at ? channels : d)) };
  },
  convolve: (tf, x, filter, strides, pad) => tf.depthwiseConv2d(x as never, filter as never, strides, pad),
  own: (tf, x, filter, args) => tf.depthwiseConv2d(x as never, filter as never, ...(args as unknown as [1, 'valid'])),
};
const KINDS = { dense: DENSE, depthwise: DEPTHWISE };

/** Inserts zeros between the filter's elements. */
function dilate(tf: Tf, filter: Tensor, [dh, dw]: readonly number[]): Tensor {
  const [h, w, i, o] = filter.shape as [number, number, number, number];
  const apart = tf.pad(tf.reshape(filter, [h, 1, w, 1, i * o]), [
    [0, 0],
    [0, dh! - 1],
    [0, 0],
    [0, dw! - 1],
    [0, 0],
  ]);
  return tf.slice(tf.reshape(apart, [h * dh!, w * dw!, i, o]), [0, 0, 0, 0], [
    (h - 1) * dh! + 1,
    (w - 1) * dw! + 1,
    i,
    o,
  ] as never);
}

/** The row's convolution in tf, with channels last, explicit padding, and a dilated filter. */
function reference({ convolve }: Kind, { args, pad }: Row) {
  const { strides, dilations, dataFormat, pad: given } = toAttrs(2, args);
  const first = dataFormat === 'NCHW';
  const own =
    pad !== undefined
      ? [[0, 0], ...pad, [0, 0]]
      : first && typeof given === 'object'
        ? [0, 2, 3, 1].map((i) => given[i])
        : given;
  return (tf: Tf, x: Tensor, filter: Tensor): Tensor => {
    const last = first ? tf.transpose(x, [0, 2, 3, 1]) : x;
    const y = convolve(tf, last, dilate(tf, filter, dilations), strides as [number, number], own as TfPad);
    return first ? tf.transpose(y, [0, 3, 1, 2]) : y;
  };
}

const isDilated = ({ args }: Row): boolean => toAttrs(2, args).dilations.some((d) => d > 1);
const isEmpty = ({ x }: Row): boolean => x.includes(0);

export const forwardSamples = (kind: keyof typeof KINDS): readonly Sample[] =>
  ROWS.map(KINDS[kind].adapt).map((row) => {
    const tfConvolution = reference(KINDS[kind], row);
    return sample(
      { x: uniform(row.x), filter: uniform(row.filter) },
      {
        attrs: attributes(row),
        reference: (tf, [x, filter]) => tfConvolution(tf, x!, filter!),
        tfjs: (tf, [x, filter]) => KINDS[kind].own(tf, x!, filter!, row.args),
        ...wrong(isDilated(row) ? 'throws for dilations' : row.fault?.[kind]),
        ...(row.note !== undefined && { note: row.note }),
      },
    );
  });

const attributes = ({ args }: Row): Readonly<Record<string, unknown>> => ({ ...toAttrs(2, args) });

const wrong = (tfGradIsWrong: string | undefined) => (tfGradIsWrong === undefined ? {} : { tfGradIsWrong });

/**
 * tfjs's kernel of a gradient, unless it lacks an attribute: the dense kernels have no dilations, the depthwise kernels one data format.
 */
function inTfjs(kind: keyof typeof KINDS, row: Row, fault: string | undefined): SampleOptions {
  const lacks = kind === 'dense' ? isDilated(row) : row.args[2] === 'NCHW';
  return lacks ? { tfjs: null } : { tfjs: 'kernel', ...wrong(fault) };
}

export const inputGradientSamples = (kind: keyof typeof KINDS): readonly Sample[] =>
  ROWS.map(KINDS[kind].adapt).map((row) => {
    const tfConvolution = reference(KINDS[kind], row);
    return sample(
      { dy: uniform(row.y), filter: uniform(row.filter) },
      {
        attrs: { ...attributes(row), inputShape: row.x },
        reference: (tf, [dy, filter]) => {
          const x = tf.zeros([dy!.shape[0], ...row.x.slice(1)] as number[]);
          return isEmpty(row) ? x : tf.grad((a) => tf.sum(tf.mul(tfConvolution(tf, a, filter!), dy!)))(x);
        },
        ...inTfjs(kind, row, kind === 'dense' ? row.fault?.denseInput : 'it has none'),
        ...(row.note !== undefined && { note: row.note }),
      },
    );
  });

export const filterGradientSamples = (kind: keyof typeof KINDS): readonly Sample[] =>
  ROWS.map(KINDS[kind].adapt).map((row) => {
    const tfConvolution = reference(KINDS[kind], row);
    return sample(
      { x: uniform(row.x), dy: uniform(row.y) },
      {
        attrs: { ...attributes(row), filterShape: row.filter },
        reference: (tf, [x, dy]) => {
          const filter = tf.zeros(row.filter as number[]);
          return isEmpty(row) ? filter : tf.grad((w) => tf.sum(tf.mul(tfConvolution(tf, x!, w), dy!)))(filter);
        },
        ...inTfjs(kind, row, 'it has none'),
        ...(row.note !== undefined && { note: row.note }),
      },
    );
  });
