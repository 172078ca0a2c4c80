import { type Sample, sample, uniform, values } from '../sample.ts';
import { random } from './draw.samples.ts';
import { multinomial } from './multinomial.ts';

const notDifferentiable = 'an index';
const CERTAIN = [
  [0, 1, 0],
  [0, 0, 1],
  [1, 0, 0],
];
export const samples: readonly Sample[] = [
  sample(
    { logits: uniform(['$n', 4]) },
    { build: ({ logits }) => multinomial(logits!, 5), ...random, notDifferentiable },
  ),
  sample({ logits: uniform([3]) }, { build: ({ logits }) => multinomial(logits!, 4), ...random, notDifferentiable }),
  sample(
    { p: values(CERTAIN) },
    {
      build: ({ p }) => multinomial(p!, 2, undefined, true),
      reference: (tf) => tf.tensor2d([1, 1, 2, 2, 0, 0], [3, 2], 'int32'),
      tfjs: (tf, [p]) => tf.multinomial(p as never, 2, undefined, true),
      notDifferentiable,
      note: 'certain outcomes',
    },
  ),
  sample(
    { p: uniform([2, 3], 0.1, 1) },
    { build: ({ p }) => multinomial(p!, 0, undefined, true), ...random, notDifferentiable, note: 'no draws' },
  ),
];
