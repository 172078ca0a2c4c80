import { integers, type Sample, type SampleOptions, sample, uniform, values } from '../sample.ts';
import { cropAndResize } from './crop-and-resize.ts';

const BOXES = [
  [0.12, 0.23, 0.81, 0.93],
  [0.88, 0.15, 0.13, 0.72],
  [-0.31, 0.44, 0.67, 1.27],
];
const boxes = { boxes: values(BOXES), boxInd: values([1, 0, 1], 'int32') };
const options: SampleOptions = { tfGradIsWrong: 'it has none' };
export const samples: readonly Sample[] = [
  sample({ image: uniform([2, 4, 5, 2]), ...boxes }, { attrs: { cropSize: [3, 2] }, ...options }),
  sample(
    { image: uniform([2, 4, 5, 1]), ...boxes },
    { attrs: { cropSize: [2, 3], extrapolationValue: 1.5 }, ...options, note: 'another value beside the image' },
  ),
  sample(
    { image: uniform([2, 4, 5, 1]), ...boxes },
    { attrs: { cropSize: [3, 3], method: 'nearest', extrapolationValue: -1 }, ...options, note: 'nearest pixels' },
  ),
  sample({ image: uniform([2, 3, 3, 1]), ...boxes }, { attrs: { cropSize: [1, 1] }, ...options, note: 'the middle' }),
  sample(
    { image: uniform([2, 3, 3, 1]), ...boxes },
    { attrs: { cropSize: [1, 2], method: 'nearest' }, ...options, note: 'the middle, nearest pixels' },
  ),
  sample(
    { image: uniform(['$n', 3, 4, 1]), boxes: uniform(['$k', 4], 0.05, 0.95), boxInd: integers(['$k'], 0, 2) },
    { attrs: { cropSize: [2, 2] }, ...options, note: 'an unknown number of images, and of boxes' },
  ),
  sample(
    { image: uniform([1, '$h', '$w', 1]), boxes: uniform(['$k', 4], 0.05, 0.95), boxInd: integers(['$k'], 0, 1) },
    { attrs: { cropSize: [2, 2] }, ...options, note: 'images of unknown sizes' },
  ),
  sample(
    { image: uniform([1, 3, 3, 1]), boxes: values([[0, 0, 1, 1]]), boxInd: values([0], 'int32') },
    { attrs: { cropSize: [3, 3] }, ...options, notDifferentiable: 'kinks: centers of pixels' },
  ),
  sample(
    { image: uniform([1, 1, 1, 2]), boxes: values([[0.2, 0.1, 0.7, 0.6]]), boxInd: values([0], 'int32') },
    { attrs: { cropSize: [2, 2] }, ...options, note: 'a single pixel' },
  ),
  sample(
    { image: uniform([1, 3, 3, 1]), boxes: uniform([0, 4]), boxInd: integers([0], 0, 1) },
    { attrs: { cropSize: [2, 2] }, ...options, note: 'zero elements' },
  ),
  sample(
    { image: integers([1, 3, 3, 1], 0, 9), boxes: values([[0.12, 0.23, 0.81, 0.93]]), boxInd: values([0], 'int32') },
    {
      build: ({ image, boxes, boxInd }) => cropAndResize(image!, boxes!, boxInd!, [2, 2]),
      reference: (tf, [image, boxes, boxInd]) =>
        tf.image.cropAndResize(image as never, boxes as never, boxInd as never, [2, 2]),
      ...options,
      note: 'integers, which become floats',
    },
  ),
];
