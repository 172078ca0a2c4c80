import { type Sample, sample, uniform } from '../sample.ts';
import { conv3dTranspose } from './conv3d-transpose.ts';

const tfGradIsWrong = 'tf has no gradient of it';
export const samples: readonly Sample[] = [
  sample(
    { x: uniform(['$n', 2, 1, 2, 1]), filter: uniform([2, 2, 2, 2, 1]) },
    {
      build: ({ x, filter }) => conv3dTranspose(x!, filter!, ['$n', 4, 2, 4, 2], 2, 'same'),
      reference: (tf, [x, filter]) =>
        tf.conv3dTranspose(x as never, filter as never, [x!.shape[0]!, 4, 2, 4, 2], 2, 'same'),
      tfGradIsWrong,
    },
  ),
  sample(
    { x: uniform([2, 1, 2, 2]), filter: uniform([2, 1, 2, 1, 2]) },
    {
      build: ({ x, filter }) => conv3dTranspose(x!, filter!, [3, 1, 3, 1], 1, 'valid'),
      reference: (tf, [x, filter]) => tf.conv3dTranspose(x as never, filter as never, [3, 1, 3, 1], 1, 'valid'),
      tfGradIsWrong,
      note: 'one volume',
    },
  ),
];
