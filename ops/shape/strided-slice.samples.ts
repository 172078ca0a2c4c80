import type { SymLike } from '../../engine/index.ts';
import { bools, integers, type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { stridedSlice } from './strided-slice.ts';

const tfGradIsWrong = 'it has none';
type Arguments = Parameters<typeof stridedSlice> extends [SymLike, ...infer Rest] ? Rest : never;
const row = (shape: Parameters<typeof uniform>[0], args: Arguments, options: SampleOptions = {}): Sample => {
  const tfjs: SampleOptions['reference'] = (tf, [x]) => tf.stridedSlice(x!, ...(args as [number[], number[]]));
  return sample(
    { x: uniform(shape) },
    {
      build: ({ x }) => stridedSlice(x!, ...args),
      reference: tfjs,
      tfjs,
      tfGradIsWrong,
      ...options,
    },
  );
};
export const samples: readonly Sample[] = [
  row(
    ['$n', 5],
    [
      [0, 0],
      [2, 5],
      [1, 2],
    ],
    { note: 'columns 0, 2, 4' },
  ),
  row(['$n', 5], [[0, 1], [0, 0], [1, 3], 1, 3], { note: 'all rows, and columns 1 and 4' }),
  row(['$n', 4], [[0], [0], [2], 1, 1], { note: 'every second row, of an unknown number' }),
  row(['$n', 4], [[0], [0], [-2], 1, 1], { note: 'every second row, from the last up' }),
  row(
    ['$n', 4],
    [
      [-2, -1],
      [9, -9],
      [1, -1],
    ],
    { note: 'from an end that is not known, clipped' },
  ),
  row([7], [[5], [0], [-2]], { note: 'backwards' }),
  row([7], [[-1], [-8], [-3]], { note: 'backwards, up to the first' }),
  row([3, 4, 5], [[2, 3, 4], [0, 0, 0], [-1, -1, -2], 7, 7], { note: 'all axes backwards' }),
  row([3, 4, 5], [[0, 1], [0, 4], [1, 2], 0, 0, 1], { note: 'an ellipsis first' }),
  row([2, 3, 2, 5], [[1, 0, 0], [2, 0, 5], [1, 1, 2], 0, 0, 2], { note: 'an ellipsis between' }),
  row([3, 5], [[0, 0, 1], [0, 3, 5], [1, 2, 2], 0, 0, 0, 1], { note: 'a new axis' }),
  row([3, 5], [[0, 0, 0], [0, 0, 4], [1, 1, 3], 0, 0, 1, 2], { note: 'a new axis behind an ellipsis' }),
  row([3, 5], [[-1, 1], [0, 5], [1, 1], 0, 0, 0, 0, 1], { note: 'one row' }),
  row([3, 5], [[1, 0], [2, 5], [1, 2], 0, 0, 0, 0, 1], {
    reference: (tf, [x]) => tf.stridedSlice(tf.reshape(tf.slice(x!, [1, 0], [1, 5]), [5]), [0], [5], [2]),
    note: 'one row, and a stride along another axis: the kernel counts the wrong stride',
  }),
  row(['$n', 5], [[-1, 4], [0, 0], [1, -3], 0, 2, 0, 0, 1], {
    reference: (tf, [x]) => tf.gather(tf.squeeze(tf.slice(x!, [x!.shape[0]! - 1, 0], [1, 5]), [0]), [4, 1]),
    note: 'the last row of an unknown number',
  }),
  row(
    [4, 3],
    [
      [0, 0],
      [4, 3],
    ],
    { note: 'all of it, without strides' },
  ),
  row(
    [4, 3],
    [
      [3, 0],
      [1, 3],
      [1, 2],
    ],
    { note: 'zero elements' },
  ),
  row(
    [2, 1, 2, 1, 3],
    [
      [0, 0, 0, 0, 0],
      [2, 1, 2, 1, 3],
      [1, 1, 1, 1, 2],
    ],
    { note: 'of rank 5' },
  ),
  row([2, 1, 2, 1, 2, 3], [[0, 0, 0, 0, 0, 0], [2, 1, 2, 1, 2, 3], [1, 1, -1, 1, 2, 2], 4, 4], { note: 'of rank 6' }),
  ...[
    { x: integers([4, 5], -5, 5), notDifferentiable: 'integers' },
    { x: bools([4, 5]), notDifferentiable: 'bools' },
  ].map(({ x, notDifferentiable }) =>
    sample({ x }, { attrs: { begin: [0, 4], end: [4, 0], strides: [2, -2] }, notDifferentiable }),
  ),
];
