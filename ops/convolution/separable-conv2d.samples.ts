import { type Sample, sample, uniform } from '../sample.ts';
import { separableConv2d } from './separable-conv2d.ts';

export const samples: readonly Sample[] = [
  sample(
    { x: uniform(['$n', 3, 3, 2]), depthwiseFilter: uniform([2, 2, 2, 2]), pointwiseFilter: uniform([1, 1, 4, 2]) },
    {
      build: ({ x, depthwiseFilter, pointwiseFilter }) =>
        separableConv2d(x!, depthwiseFilter!, pointwiseFilter!, 1, 'same'),
      reference: (tf, [x, d, p]) => tf.separableConv2d(x as never, d as never, p as never, 1, 'same'),
    },
  ),
  sample(
    { x: uniform([4, 4, 1]), depthwiseFilter: uniform([2, 2, 1, 1]), pointwiseFilter: uniform([1, 1, 1, 2]) },
    {
      build: ({ x, depthwiseFilter, pointwiseFilter }) =>
        separableConv2d(x!, depthwiseFilter!, pointwiseFilter!, 1, 'valid', 2),
      reference: (tf, [x, d, p]) => tf.separableConv2d(x as never, d as never, p as never, 1, 'valid', 2),
      tfGradIsWrong: 'throws for dilations',
      note: 'one image, dilations',
    },
  ),
  sample(
    { x: uniform(['$n', 2, 3, 3]), depthwiseFilter: uniform([2, 2, 2, 1]), pointwiseFilter: uniform([1, 1, 2, 1]) },
    {
      build: ({ x, depthwiseFilter, pointwiseFilter }) =>
        separableConv2d(x!, depthwiseFilter!, pointwiseFilter!, 2, 'same', 1, 'NCHW'),
      reference: (tf, [x, d, p]) => {
        const last = tf.transpose(x!, [0, 2, 3, 1]);
        return tf.transpose(tf.separableConv2d(last as never, d as never, p as never, 2, 'same'), [0, 3, 1, 2]);
      },
      tfjs: (tf, [x, d, p]) => tf.separableConv2d(x as never, d as never, p as never, 2, 'same', 1, 'NCHW'),
      tfGradIsWrong: 'throws for channels first, as the value does',
      note: 'channels first, which tf does not take',
    },
  ),
];
