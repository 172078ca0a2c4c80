import { dimValue, product } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { type Sample, sample, uniform } from '../sample.ts';

export const samples: readonly Sample[] = [
  sample(
    { x: uniform(['$n', 3]) },
    {
      build: ({ x }) => mul(x!, dimValue(product(x!.shape))),
      reference: (tf, [x]) => tf.mul(x!, x!.size),
      note: 'times the number of elements',
    },
  ),
];
