import { bools, integers, type Sample, sample, uniform } from '../sample.ts';
import { flipLeftRight } from './flip-left-right.ts';

const tfGradIsWrong = 'it has none';
export const samples: readonly Sample[] = [
  sample({ image: uniform(['$n', 2, 3, 2]) }, { tfGradIsWrong }),
  sample({ image: uniform(['$n', '$h', '$w', 1]) }, { tfGradIsWrong, note: 'unknown sizes' }),
  sample(
    { image: uniform([1, 2, 3, 1]) },
    {
      build: ({ image }) => flipLeftRight(flipLeftRight(image!)),
      reference: (tf, [image]) => tf.clone(image!),
      tfjs: (tf, [image]) => tf.image.flipLeftRight(tf.image.flipLeftRight(image as never)),
      tfGradIsWrong,
      note: 'twice',
    },
  ),
  sample({ image: uniform([0, 2, 2, 1]) }, { tfGradIsWrong, note: 'zero elements' }),
  sample({ image: integers([1, 2, 3, 2], 0, 9) }, { notDifferentiable: 'integers' }),
  sample({ image: bools([2, 2, 3, 1]) }, { notDifferentiable: 'bools' }),
];
