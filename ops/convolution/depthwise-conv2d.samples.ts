import { type Sample, sample, uniform } from '../sample.ts';
import { forwardSamples } from './convolution.samples.ts';
import { depthwiseConv2d } from './depthwise-conv2d.ts';

export const samples: readonly Sample[] = [
  ...forwardSamples('depthwise'),
  sample(
    { x: uniform(['$n', '$h', '$w', 2]), filter: uniform([2, 2, 2, 1]) },
    { attrs: { strides: 2, pad: 'same' }, note: 'images of unknown sizes' },
  ),
  sample(
    { x: uniform(['$n', 4, 3, '$c']), filter: uniform(['$k', 2, '$c', '$m']) },
    { attrs: { strides: 2, pad: 'same' }, note: 'a filter of unknown height, and unknown channels' },
  ),
  sample(
    { x: uniform([4, 3, 2]), filter: uniform([2, 2, 2, 2]) },
    {
      build: ({ x, filter }) => depthwiseConv2d(x!, filter!, 1, 'valid'),
      reference: (tf, [x, filter]) => tf.depthwiseConv2d(x as never, filter as never, 1, 'valid'),
      note: 'one image',
    },
  ),
];
