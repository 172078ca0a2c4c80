import { integers, type Sample, sample } from '../sample.ts';
import { resizeSamples } from './resize.samples.ts';
import { resizeBilinear } from './resize-bilinear.ts';

export const samples: readonly Sample[] = [
  ...resizeSamples('resizeBilinear', resizeBilinear),
  sample(
    { images: integers([1, 2, 2, 1], 0, 9) },
    {
      build: ({ images }) => resizeBilinear(images!, [3, 3]),
      reference: (tf, [images]) => tf.image.resizeBilinear(images as never, [3, 3]),
      notDifferentiable: 'integers, which become floats',
    },
  ),
];
