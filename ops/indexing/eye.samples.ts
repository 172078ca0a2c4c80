import { mul } from '../elementwise/multiply.ts';
import { type Sample, sample, uniform } from '../sample.ts';
import { eye } from './eye.ts';

const notDifferentiable = 'no inputs';
export const samples: readonly Sample[] = [
  sample({}, { build: () => eye(3), reference: (tf) => tf.eye(3), notDifferentiable }),
  sample({}, { build: () => eye(2, 4, [3]), reference: (tf) => tf.eye(2, 4, [3]), notDifferentiable, note: 'a batch' }),
  sample(
    {},
    { build: () => eye(2, 3, [], 'int32'), reference: (tf) => tf.eye(2, 3, undefined, 'int32'), notDifferentiable },
  ),
  sample(
    { x: uniform(['$n', '$n']) },
    {
      build: ({ x }) => mul(x!, eye(x!.shape[0]!)),
      reference: (tf, [x]) => tf.mul(x!, tf.eye(x!.shape[0]!)),
      note: 'of an unknown size',
    },
  ),
];
