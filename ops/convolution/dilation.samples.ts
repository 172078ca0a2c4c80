/** Rows of the dilation and its gradients. */
import type * as tfjs from '@tensorflow/tfjs-core';
import type { DimLike } from '../../engine/index.ts';
import { distinct, type Sample, sample, uniform, values } from '../sample.ts';
import { type DilationArguments, toDilationAttrs } from './dilation.ts';

type Tf = typeof tfjs;
type Tensor = tfjs.Tensor;
type Pair = [number, number];

interface Row {
  readonly x: readonly DimLike[];
  readonly filter: readonly DimLike[];
  readonly y: readonly DimLike[];
  readonly args: DilationArguments;
  /** The padding in tf, if it differs. */
  readonly pad?: tfjs.backend_util.ExplicitPadding;
  readonly note?: string;
}

const ROWS: readonly Row[] = [
  { x: ['$n', 3, 4, 2], filter: [2, 2, 2], y: ['$n', 2, 3, 2], args: [1, 'valid'] },
  { x: ['$n', 3, 4, 1], filter: [3, 2, 1], y: ['$n', 3, 4, 1], args: [1, 'same'], note: 'same' },
  { x: [1, 5, 4, 1], filter: [2, 2, 1], y: [1, 3, 2, 1], args: [2, 'same'], note: 'same, with strides' },
  { x: [1, 6, 5, 1], filter: [2, 3, 1], y: [1, 2, 3, 1], args: [[3, 1], 'valid'], note: 'strides' },
  { x: [1, 5, 4, 2], filter: [2, 2, 2], y: [1, 3, 2, 2], args: [1, 'valid', 2], note: 'dilations' },
  { x: [1, 6, 7, 1], filter: [2, 2, 1], y: [1, 3, 3, 1], args: [2, 'valid', [1, 2]], note: 'strides and dilations' },
  {
    x: [1, 3, 4, 1],
    filter: [2, 3, 1],
    y: [1, 4, 4, 1],
    args: [1, 1],
    pad: [
      [0, 0],
      [1, 1],
      [1, 1],
      [0, 0],
    ],
    note: 'a numeric padding, and a filter that is not square',
  },
  {
    x: ['$n', 3, 3, 1],
    filter: [2, 3, 1],
    y: ['$n', 2, 2, 1],
    args: [
      [2, 1],
      [
        [0, 0],
        [1, 0],
        [0, 1],
        [0, 0],
      ],
    ],
    note: 'an explicit padding',
  },
  { x: [0, 3, 3, 1], filter: [2, 2, 1], y: [0, 2, 2, 1], args: [1, 'valid'], note: 'no images' },
];

const dilate = (tf: Tf, x: Tensor, filter: Tensor, { args, pad }: Row): Tensor => {
  const { strides, dilations, pad: own } = toDilationAttrs(args);
  return tf.engine().runKernel('Dilation2D', { x, filter }, { strides, dilations, pad: pad ?? own } as never);
};

const common = (row: Row) => ({
  attrs: { ...toDilationAttrs(row.args) },
  ...(row.note !== undefined && { note: row.note }),
});
const isEmpty = ({ x }: Row): boolean => x.includes(0);

/** An input and a filter without ties: multiples of 0.1, and values below 0.09. */
const operands = (row: Row) => ({ x: distinct(row.x), filter: uniform(row.filter, 0, 0.09) });

export const dilationSamples = (): readonly Sample[] => [
  ...ROWS.map((row) =>
    sample(operands(row), {
      ...common(row),
      reference: (tf, [x, filter]) => dilate(tf, x!, filter!, row),
      tfjs: (tf, [x, filter]) => {
        const { strides, dilations, pad } = toDilationAttrs(row.args);
        return tf.dilation2d(x as never, filter as never, strides as Pair, pad as 'same', dilations as Pair);
      },
      ...(row.pad !== undefined && { tfGradIsWrong: 'pads wrongly, as the value does' }),
    }),
  ),
  sample(
    {
      x: values([
        [
          [[-5], [-7.5]],
          [[-6.25], [-9]],
        ],
      ]),
      filter: values([[[-1]], [[-3]]]),
    },
    { attrs: { strides: 1, pad: 'same' }, note: 'all below 0, at the border too' },
  ),
];

/** The gradient of <y, dy> in x or the filter, in tf. */
const gradient = (tf: Tf, [x, filter, dy]: readonly Tensor[], row: Row, by: 0 | 1): Tensor =>
  isEmpty(row)
    ? tf.zerosLike([x!, filter!][by]!)
    : tf.grads((a: Tensor, w: Tensor) => tf.sum(tf.mul(dilate(tf, a, w, row), dy!)))([x!, filter!])[by]!;

const gradientSamples = (by: 0 | 1): readonly Sample[] =>
  ROWS.map((row) =>
    sample(
      { ...operands(row), dy: uniform(row.y) },
      {
        ...common(row),
        reference: (tf, inputs) => gradient(tf, inputs, row, by),
        tfjs: 'kernel',
        tfGradIsWrong: 'it has none',
      },
    ),
  );
export const inputGradientDilations = (): readonly Sample[] => gradientSamples(0);
export const filterGradientDilations = (): readonly Sample[] => gradientSamples(1);
