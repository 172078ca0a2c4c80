import { integers, type Sample, type SampleOptions, sample, uniform, values } from '../sample.ts';
import { threshold } from './threshold.ts';

const row = (...args: [method?: 'binary' | 'otsu', inverted?: boolean, threshValue?: number]): SampleOptions => ({
  build: ({ image }) => threshold(image!, ...args),
  reference: (tf, [image]) => tf.image.threshold(image as never, ...args),
  notDifferentiable: 'a step',
});
const TWO_PEAKS = [
  [[12], [14], [200]],
  [[15], [190], [210]],
  [[13], [205], [195]],
];
export const samples: readonly Sample[] = [
  sample({ image: uniform(['$h', 4, 1], 0, 255) }, row()),
  sample({ image: uniform(['$h', '$w', 3], 0, 255) }, { ...row('binary', true, 0.3), note: 'color, inverted' }),
  sample({ image: integers([3, 4, 1], 0, 256) }, { ...row('binary', false, 0.7), note: 'integers' }),
  sample({ image: values(TWO_PEAKS) }, { ...row('otsu'), note: 'two peaks' }),
  sample({ image: values(TWO_PEAKS, 'int32') }, { ...row('otsu', true), note: 'two peaks of integers, inverted' }),
  sample({ image: integers([4, 4, 3], 0, 256) }, { ...row('otsu'), note: 'color' }),
  sample({ image: values([[[7], [7]]]) }, { ...row('otsu'), note: 'one level only' }),
  sample({ image: uniform(['$h', '$w', 1], 0, 255) }, { ...row('otsu'), note: 'of unknown sizes' }),
];
