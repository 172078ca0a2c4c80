import { type Sample, sample, uniform, values } from '../sample.ts';
import { dilationSamples } from './dilation.samples.ts';
import { dilation2d } from './dilation2d.ts';

export const samples: readonly Sample[] = [
  ...dilationSamples(),
  sample(
    { x: uniform(['$n', '$h', '$w', 1]), filter: uniform([2, 1, 1]) },
    { attrs: { strides: 2, pad: 'same' }, note: 'images of unknown sizes' },
  ),
  sample(
    { x: uniform([3, 4, 2]), filter: uniform([2, 2, 2]) },
    {
      build: ({ x, filter }) => dilation2d(x!, filter!, 1, 'valid'),
      reference: (tf, [x, filter]) => tf.dilation2d(x as never, filter as never, 1, 'valid'),
      note: 'one image',
    },
  ),
  sample(
    {
      x: values([
        [
          [[1], [3]],
          [[3], [2]],
        ],
      ]),
      filter: values([
        [[0], [0]],
        [[0], [1]],
      ]),
    },
    { attrs: { strides: 1, pad: 'same' }, notDifferentiable: 'ties, of which the first counts' },
  ),
];
