import { type Sample, sample, uniform } from '../sample.ts';
import { conv2d } from './conv2d.ts';
import { forwardSamples } from './convolution.samples.ts';

export const samples: readonly Sample[] = [
  ...forwardSamples('dense'),
  sample(
    { x: uniform(['$n', '$h', '$w', 2]), filter: uniform([2, 2, 2, 1]) },
    { attrs: { strides: 2, pad: 'same' }, note: 'images of unknown sizes' },
  ),
  sample(
    { x: uniform(['$n', '$h', 4, 1]), filter: uniform([2, 2, 1, 1]) },
    {
      attrs: { strides: 2, pad: 1, dimRoundingMode: 'ceil' },
      reference: (tf, [x, filter]) => tf.conv2d(x as never, filter as never, 2, 1, 'NHWC', 1, 'ceil'),
      note: 'images of unknown height, an output rounded up',
    },
  ),
  sample(
    { x: uniform([1, 6, 4, '$c']), filter: uniform(['$k', 2, '$c', 2]) },
    { attrs: { strides: [2, 1], pad: 'valid' }, note: 'a filter of unknown height, and unknown channels' },
  ),
  sample(
    { x: uniform([4, 3, 2]), filter: uniform([2, 2, 2, 2]) },
    {
      build: ({ x, filter }) => conv2d(x!, filter!, 1, 'valid'),
      reference: (tf, [x, filter]) => tf.conv2d(x as never, filter as never, 1, 'valid'),
      note: 'one image',
    },
  ),
];
