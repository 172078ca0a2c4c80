import { type Sample, sample, uniform } from '../sample.ts';
import { conv3d } from './conv3d.ts';
import { forwardVolumes } from './volumes.samples.ts';

export const samples: readonly Sample[] = [
  ...forwardVolumes(),
  sample(
    { x: uniform(['$n', '$d', '$h', '$w', 1]), filter: uniform([2, 1, 2, 1, 1]) },
    { attrs: { strides: 1, pad: 'valid' }, note: 'volumes of unknown sizes' },
  ),
  sample(
    { x: uniform([2, 3, 2, 1]), filter: uniform([2, 2, 2, 1, 2]) },
    {
      build: ({ x, filter }) => conv3d(x!, filter!, 1, 'valid'),
      reference: (tf, [x, filter]) => tf.conv3d(x as never, filter as never, 1, 'valid'),
      note: 'one volume',
    },
  ),
];
