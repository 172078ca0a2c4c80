import { type Sample, sample, uniform } from '../sample.ts';
import { basicLSTMCell } from './basic-lstm-cell.ts';
import { type LSTMCellFunc, multiRNNCell } from './multi-rnn-cell.ts';

const BIAS = [
  [0.1, -0.2, 0.3, 0],
  [0.1, -0.2, 0.3, 0, 0.2, -0.1, 0.4, -0.3],
];
export const samples: readonly Sample[] = [
  sample(
    {
      kernel1: uniform([3, 4]),
      kernel2: uniform([3, 8]),
      data: uniform(['$n', 2]),
      c1: uniform(['$n', 1]),
      c2: uniform(['$n', 2]),
      h1: uniform(['$n', 1]),
      h2: uniform(['$n', 2]),
    },
    {
      build: ({ kernel1, kernel2, data, c1, c2, h1, h2 }) =>
        multiRNNCell(
          [kernel1!, kernel2!].map(
            (kernel, k): LSTMCellFunc =>
              (x, c, h) =>
                basicLSTMCell(1, kernel, BIAS[k]!, x, c, h),
          ),
          data!,
          [c1!, c2!],
          [h1!, h2!],
        ).flat(),
      reference: (tf, [kernel1, kernel2, data, c1, c2, h1, h2]) =>
        tf
          .multiRNNCell(
            [kernel1!, kernel2!].map(
              (kernel, k) => (x, c, h) =>
                tf.basicLSTMCell(tf.scalar(1), kernel as never, tf.tensor1d([...BIAS[k]!]), x, c, h),
            ),
            data as never,
            [c1, c2] as never,
            [h1, h2] as never,
          )
          .flat(),
      note: 'a cell of two on top of one of one',
    },
  ),
];
