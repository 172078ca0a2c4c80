/** Rows of the convolutions in three dimensions, and of their gradients. */
import type * as tfjs from '@tensorflow/tfjs-core';
import type { DimLike } from '../../engine/index.ts';
import { type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { toAttrs, type VolumeArguments } from './convolution.ts';
import type { Pair } from './geometry.ts';

type Tf = typeof tfjs;
type Tensor = tfjs.Tensor;
type Shape = readonly DimLike[];

interface Row {
  readonly x: Shape;
  readonly filter: Shape;
  readonly y: Shape;
  readonly args: VolumeArguments;
  /** Explicit padding of depth, height and width for tf, if it interprets the row's padding differently or wrongly. */
  readonly pad?: readonly Pair[];
  /** What is wrong with tf.grad of tf's convolution. */
  readonly fault?: string;
  readonly note?: string;
}

const ROWS: readonly Row[] = [
  { x: ['$n', 2, 3, 2, 2], filter: [2, 2, 1, 2, 2], y: ['$n', 1, 2, 2, 2], args: [1, 'valid'] },
  { x: ['$n', 2, 3, 2, 1], filter: [2, 3, 2, 1, 2], y: ['$n', 2, 3, 2, 2], args: [1, 'same'], note: 'same' },
  { x: [1, 4, 3, 3, 1], filter: [2, 2, 3, 1, 1], y: [1, 2, 2, 2, 1], args: [2, 'same'], note: 'same, with strides' },
  {
    x: [1, 5, 3, 2, 1],
    filter: [2, 1, 1, 1, 2],
    y: [1, 2, 3, 2, 2],
    args: [[3, 1, 1], 'valid'],
    note: 'strides of the depth',
  },
  {
    x: [1, 5, 3, 2, 1],
    filter: [1, 2, 1, 1, 1],
    y: [1, 2, 2, 2, 1],
    args: [[3, 2, 1], 'same'],
    pad: [
      [0, 0],
      [0, 1],
      [0, 0],
    ],
    fault: 'pads by less than nothing, as the value does',
    note: 'strides beyond the filter, which tf pads by less than nothing',
  },
  {
    x: ['$n', 4, 3, 2, 1],
    filter: [2, 2, 1, 1, 2],
    y: ['$n', 2, 1, 2, 2],
    args: [1, 'valid', 'NDHWC', 2],
    fault: 'throws for dilations',
    note: 'dilations',
  },
  {
    x: [1, 4, 3, 3, 1],
    filter: [2, 2, 2, 1, 1],
    y: [1, 2, 3, 2, 1],
    args: [[2, 1, 2], 'same', 'NDHWC', [1, 2, 1]],
    pad: [
      [0, 0],
      [1, 1],
      [0, 1],
    ],
    fault: 'throws for strides and dilations, as the value does',
    note: 'strides and dilations, which tf does not take together',
  },
  { x: [1, 2, 3, 1, 1], filter: [2, 3, 1, 1, 1], y: [1, 3, 3, 3, 1], args: [1, 1], note: 'a numeric padding' },
  {
    x: [1, 2, 2, 2, 1],
    filter: [2, 2, 1, 1, 2],
    y: [1, 5, 2, 1, 2],
    args: [
      [1, 1, 2],
      [
        [0, 0],
        [3, 1],
        [0, 1],
        [0, 0],
        [0, 0],
      ],
    ],
    pad: [
      [3, 1],
      [0, 1],
      [0, 0],
    ],
    fault: 'throws for an explicit padding, as the value does',
    note: 'an explicit padding, some windows in it alone',
  },
  {
    x: ['$n', 2, 2, 3, 2],
    filter: [1, 2, 2, 2, 1],
    y: ['$n', 1, 2, 2, 1],
    args: [1, 'valid', 'NCDHW'],
    fault: 'throws for channels first, as the value does',
    note: 'channels first',
  },
  { x: [0, 2, 2, 2, 1], filter: [2, 1, 1, 1, 2], y: [0, 1, 2, 2, 2], args: [1, 'valid'], note: 'no volumes' },
];

/** Inserts zeros between the filter's elements. */
function dilate(tf: Tf, filter: Tensor, dilations: readonly number[]): Tensor {
  const shape = [...filter.shape];
  dilations.forEach((d, axis) => {
    const outer = shape.slice(0, axis).reduce((a, b) => a * b, 1);
    const inner = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
    const n = shape[axis]!;
    shape[axis] = (n - 1) * d + 1;
    filter = tf.pad(tf.reshape(filter, [outer, n, 1, inner]), [
      [0, 0],
      [0, 0],
      [0, d - 1],
      [0, 0],
    ]);
    filter = tf.slice(tf.reshape(filter, [outer, n * d, inner]), [0, 0, 0], [outer, shape[axis]!, inner]);
  });
  return tf.reshape(filter, shape);
}

/** The row's convolution in tf, with channels last and a dilated filter. */
function reference({ args, pad }: Row) {
  const { strides, dilations, dataFormat, pad: given } = toAttrs(3, args);
  const first = dataFormat === 'NCDHW';
  return (tf: Tf, x: Tensor, filter: Tensor): Tensor => {
    const last = first ? tf.transpose(x, [0, 2, 3, 4, 1]) : x;
    const padded = pad === undefined ? last : tf.pad(last, [[0, 0], ...pad, [0, 0]] as [number, number][]);
    const y = tf.conv3d(
      padded as never,
      dilate(tf, filter, dilations) as never,
      strides as [number, number, number],
      pad === undefined ? (given as 'same') : 'valid',
    );
    return first ? tf.transpose(y, [0, 4, 1, 2, 3]) : y;
  };
}
const isEmpty = ({ x }: Row): boolean => x.includes(0);
const noted = ({ note }: Row) => (note === undefined ? {} : { note });

export const forwardVolumes = (): readonly Sample[] =>
  ROWS.map((row) => {
    const tfConvolution = reference(row);
    return sample(
      { x: uniform(row.x), filter: uniform(row.filter) },
      {
        attrs: { ...toAttrs(3, row.args) },
        reference: (tf, [x, filter]) => tfConvolution(tf, x!, filter!),
        tfjs: (tf, [x, filter]) => tf.conv3d(x as never, filter as never, ...(row.args as unknown as [1, 'valid'])),
        ...(row.fault !== undefined && { tfGradIsWrong: row.fault }),
        ...noted(row),
      },
    );
  });

/** tfjs's kernels of the gradients, which have no dilations and one data format. */
const inTfjs = ({ args: [, , dataFormat, dilations] }: Row): SampleOptions =>
  dilations !== undefined || dataFormat === 'NCDHW' ? { tfjs: null } : { tfjs: 'kernel', tfGradIsWrong: 'it has none' };

export const inputGradientVolumes = (): readonly Sample[] =>
  ROWS.map((row) => {
    const tfConvolution = reference(row);
    return sample(
      { dy: uniform(row.y), filter: uniform(row.filter) },
      {
        attrs: { ...toAttrs(3, row.args), inputShape: row.x },
        reference: (tf, [dy, filter]) => {
          const x = tf.zeros([dy!.shape[0], ...row.x.slice(1)] as number[]);
          return isEmpty(row) ? x : tf.grad((a) => tf.sum(tf.mul(tfConvolution(tf, a, filter!), dy!)))(x);
        },
        ...inTfjs(row),
        ...noted(row),
      },
    );
  });

export const filterGradientVolumes = (): readonly Sample[] =>
  ROWS.map((row) => {
    const tfConvolution = reference(row);
    return sample(
      { x: uniform(row.x), dy: uniform(row.y) },
      {
        attrs: { ...toAttrs(3, row.args), filterShape: row.filter },
        reference: (tf, [x, dy]) => {
          const filter = tf.zeros(row.filter as number[]);
          return isEmpty(row) ? filter : tf.grad((w) => tf.sum(tf.mul(tfConvolution(tf, x!, w), dy!)))(filter);
        },
        ...inTfjs(row),
        ...noted(row),
      },
    );
  });
