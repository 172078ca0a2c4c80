import { integers, type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { grayscaleToRGB } from './grayscale-to-rgb.ts';

const reference: SampleOptions = {
  build: ({ image }) => grayscaleToRGB(image!),
  reference: (tf, [image]) => tf.image.grayscaleToRGB(image as never),
};
export const samples: readonly Sample[] = [
  sample({ image: uniform(['$n', 2, 3, 1]) }, reference),
  sample({ image: uniform(['$h', '$w', 1]) }, { ...reference, note: 'one image, of unknown sizes' }),
  sample({ image: uniform([3, 1]) }, { ...reference, note: 'of rank 2' }),
  sample({ image: uniform([0, 2, 2, 1]) }, { ...reference, note: 'zero elements' }),
  sample({ image: integers([2, 2, 1], 0, 9) }, { ...reference, notDifferentiable: 'integers' }),
];
