import { integers, type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { rgbToGrayscale } from './rgb-to-grayscale.ts';

const options: SampleOptions = {
  build: ({ image }) => rgbToGrayscale(image!),
  reference: (tf, [image]) => tf.image.rgbToGrayscale(image as never),
  tfGradIsWrong: 'einsum has none',
};
export const samples: readonly Sample[] = [
  sample({ image: uniform(['$n', 2, 2, 3]) }, options),
  sample({ image: uniform(['$h', '$w', 3]) }, { ...options, note: 'one image, of unknown sizes' }),
  sample({ image: uniform([2, 3]) }, { ...options, note: 'of rank 2' }),
  sample({ image: uniform([0, 2, 2, 3]) }, { ...options, note: 'zero elements' }),
  sample({ image: integers([2, 3, 3], 0, 256) }, { ...options, notDifferentiable: 'integers' }),
];
