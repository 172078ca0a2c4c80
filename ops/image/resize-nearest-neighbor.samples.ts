import { integers, type Sample, sample, uniform } from '../sample.ts';
import { resizeSamples } from './resize.samples.ts';
import { resizeNearestNeighbor } from './resize-nearest-neighbor.ts';

export const samples: readonly Sample[] = [
  ...resizeSamples('resizeNearestNeighbor', resizeNearestNeighbor),
  sample(
    { images: integers([1, 2, 3, 1], -5, 5) },
    { attrs: { size: [3, 2] }, tfjs: 'kernel', notDifferentiable: 'integers' },
  ),
  sample(
    { images: integers(['$n', '$h', '$w', 1], -5, 5) },
    {
      build: ({ images }) => resizeNearestNeighbor(images!, [3, 2]),
      reference: (tf, [images]) => tf.image.resizeNearestNeighbor(images as never, [3, 2]),
      notDifferentiable: 'integers',
      note: 'of unknown sizes',
    },
  ),
  sample(
    { images: uniform([1, 14, 1, 1]) },
    { attrs: { size: [46, 1] }, note: 'a scale that a float32 does not hold: single precision misses a border' },
  ),
];
