import { type Sample, sample, uniform } from '../sample.ts';
import { conv2dTranspose } from './conv2d-transpose.ts';

export const samples: readonly Sample[] = [
  sample(
    { x: uniform(['$n', 2, 3, 2]), filter: uniform([3, 3, 1, 2]) },
    {
      build: ({ x, filter }) => conv2dTranspose(x!, filter!, ['$n', 4, 6, 1], 2, 'same'),
      reference: (tf, [x, filter]) =>
        tf.conv2dTranspose(x as never, filter as never, [x!.shape[0]!, 4, 6, 1], 2, 'same'),
    },
  ),
  sample(
    { x: uniform([2, 3, 1]), filter: uniform([2, 2, 2, 1]) },
    {
      build: ({ x, filter }) => conv2dTranspose(x!, filter!, [3, 4, 2], 1, 'valid'),
      reference: (tf, [x, filter]) => tf.conv2dTranspose(x as never, filter as never, [3, 4, 2], 1, 'valid'),
      note: 'one image',
    },
  ),
  sample(
    { x: uniform(['$n', '$h', '$w', 1]), filter: uniform([2, 2, 1, 1]) },
    {
      build: ({ x, filter }) => conv2dTranspose(x!, filter!, ['$n', '2 * $h', '2 * $w', 1], 2, 'valid'),
      reference: (tf, [x, filter]) => {
        const [n, h, w] = x!.shape as [number, number, number];
        return tf.conv2dTranspose(x as never, filter as never, [n, 2 * h, 2 * w, 1], 2, 'valid');
      },
      note: 'images of unknown sizes',
    },
  ),
  sample(
    { x: uniform([1, 2, 2, 1]), filter: uniform([2, 3, 1, 1]) },
    {
      build: ({ x, filter }) => conv2dTranspose(x!, filter!, [1, 2, 3, 1], 2, 1, 'floor'),
      reference: (tf, [x, filter]) => {
        const whole = tf.conv2dTranspose(x as never, filter as never, [1, 4, 5, 1], 2, 'valid');
        return tf.slice(whole, [0, 1, 1, 0], [1, 2, 3, 1]);
      },
      tfjs: (tf, [x, filter]) => tf.conv2dTranspose(x as never, filter as never, [1, 2, 3, 1], 2, 1, 'floor'),
      note: 'a numeric padding, which takes away',
    },
  ),
];
