import { distinct, type Sample, sample, uniform, values } from '../sample.ts';

const tfGradIsWrong = 'it has none';
export const samples: readonly Sample[] = [
  sample({ dy: uniform(['$n', 3]), y: distinct(['$n', 3]) }, { tfGradIsWrong }),
  sample({ dy: uniform([]), y: uniform([], -0.9, -0.1) }, { tfGradIsWrong }),
  sample(
    { dy: uniform([3]), y: distinct(['$n', 3]) },
    {
      reference: (tf, [dy, y]) => tf.mul(dy!, tf.add(tf.minimum(y!, tf.zerosLike(y!)), 1)),
      tfjs: 'kernel',
      tfGradIsWrong,
      note: 'broadcast',
    },
  ),
  sample({ dy: uniform([0, 2]), y: uniform([0, 2]) }, { tfGradIsWrong, note: 'zero elements' }),
  sample({ dy: uniform([2]), y: values([0, -1]) }, { notDifferentiable: 'a jump at 0' }),
];
