import { product, reshape } from '../../engine/index.ts';
import { bools, integers, type Sample, sample, uniform } from '../sample.ts';

export const samples: readonly Sample[] = [
  sample(
    { x: uniform(['$n', 6]) },
    { build: ({ x }) => reshape(x!, [-1, 2, 3]), reference: (tf, [x]) => tf.reshape(x!, [-1, 2, 3]) },
  ),
  sample(
    { x: uniform(['$n', 6]) },
    {
      build: ({ x }) => reshape(x!, [product(x!.shape)]),
      reference: (tf, [x]) => tf.reshape(x!, [-1]),
      note: 'a product of dims',
    },
  ),
  sample(
    { x: uniform([1, 1]) },
    { build: ({ x }) => reshape(x!, []), reference: (tf, [x]) => tf.reshape(x!, []), note: 'to a scalar' },
  ),
  sample({ x: uniform([0, 3]) }, { attrs: { shape: [3, 0] }, note: 'zero elements' }),
  sample({ x: integers([4], -5, 5) }, { attrs: { shape: [2, 2] }, notDifferentiable: 'integers' }),
  sample({ x: bools([4]) }, { attrs: { shape: [2, 2] }, notDifferentiable: 'bools' }),
];
