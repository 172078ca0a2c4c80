import { fill } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { type Sample, sample, uniform } from '../sample.ts';
import { ones, onesLike, zeros } from './fill.ts';

export const samples: readonly Sample[] = [
  sample(
    {},
    { build: () => fill([2, 3], 1.5), reference: (tf) => tf.fill([2, 3], 1.5), notDifferentiable: 'no inputs' },
  ),
  sample(
    {},
    { build: () => ones([2], 'int32'), reference: (tf) => tf.ones([2], 'int32'), notDifferentiable: 'no inputs' },
  ),
  sample(
    {},
    { build: () => zeros([2], 'bool'), reference: (tf) => tf.zeros([2], 'bool'), notDifferentiable: 'no inputs' },
  ),
  sample(
    { x: uniform(['$n', 2]) },
    {
      build: ({ x }) => mul(x!, onesLike(x!)),
      reference: (tf, [x]) => tf.mul(x!, tf.onesLike(x!)),
      note: 'of an unknown size',
    },
  ),
];
