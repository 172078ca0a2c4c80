import { type Sample, sample, uniform } from '../sample.ts';
import { conv1d } from './conv1d.ts';

export const samples: readonly Sample[] = [
  sample(
    { x: uniform(['$n', 6, 2]), filter: uniform([3, 2, 2]) },
    {
      build: ({ x, filter }) => conv1d(x!, filter!, 1, 'same'),
      reference: (tf, [x, filter]) => tf.conv1d(x as never, filter as never, 1, 'same'),
    },
  ),
  sample(
    { x: uniform([2, 7, 1]), filter: uniform([2, 1, 3]) },
    {
      build: ({ x, filter }) => conv1d(x!, filter!, 2, 'valid'),
      reference: (tf, [x, filter]) => tf.conv1d(x as never, filter as never, 2, 'valid'),
      note: 'strides',
    },
  ),
  sample(
    { x: uniform([7, 2]), filter: uniform([3, 2, 2]) },
    {
      build: ({ x, filter }) => conv1d(x!, filter!, 1, 'valid', 'NWC', 2),
      reference: (tf, [x, filter]) => tf.conv1d(x as never, filter as never, 1, 'valid', 'NWC', 2),
      tfGradIsWrong: 'throws for dilations',
      note: 'one sequence, dilations',
    },
  ),
  sample(
    { x: uniform(['$n', '$t', 1]), filter: uniform([2, 1, 2]) },
    {
      build: ({ x, filter }) => conv1d(x!, filter!, 1, 1),
      reference: (tf, [x, filter]) =>
        tf.conv1d(
          tf.pad(x as never, [
            [0, 0],
            [1, 1],
            [0, 0],
          ]) as never,
          filter as never,
          1,
          'valid',
        ),
      tfjs: (tf, [x, filter]) => tf.conv1d(x as never, filter as never, 1, 1),
      tfGradIsWrong: 'throws for a numeric padding, as the value does',
      note: 'sequences of unknown length, a numeric padding',
    },
  ),
  sample(
    { x: uniform([1, 4, 1]), filter: uniform([3, 1, 1]) },
    {
      build: ({ x, filter }) =>
        conv1d(
          x!,
          filter!,
          2,
          [
            [0, 0],
            [2, 0],
            [0, 0],
          ],
          'NWC',
          1,
          'ceil',
        ),
      reference: (tf, [x, filter]) =>
        tf.conv1d(
          tf.pad(x as never, [
            [0, 0],
            [2, 1],
            [0, 0],
          ]) as never,
          filter as never,
          2,
          'valid',
        ),
      tfjs: (tf, [x, filter]) => {
        const pad: [number, number][] = [
          [0, 0],
          [2, 0],
          [0, 0],
        ];
        return tf.conv1d(x as never, filter as never, 2, pad as never, 'NWC', 1, 'ceil');
      },
      tfGradIsWrong: 'throws for an explicit padding, as the value does',
      note: 'causal, rounded up',
    },
  ),
];
