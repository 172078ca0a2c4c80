import { type Sample, sample, uniform, values } from '../sample.ts';
import { softmax } from './softmax.ts';

export const samples: readonly Sample[] = [
  sample({ logits: uniform(['$n', 4], -2, 2) }, { attrs: { dim: 1 } }),
  sample({ logits: uniform([5], -2, 2) }, { attrs: { dim: 0 } }),
  sample({ logits: uniform([2, '$n', 3], -2, 2) }, { attrs: { dim: 2 } }),
  sample({ logits: uniform([3, 1], -2, 2) }, { attrs: { dim: 1 }, note: 'one class' }),
  sample({ logits: uniform([0, 3]) }, { attrs: { dim: 1 }, note: 'zero elements' }),
  sample(
    {
      logits: values([
        [100, 0, -100],
        [-1000, -1000, -1000],
      ]),
    },
    { attrs: { dim: 1 }, note: 'saturated, and far from 0' },
  ),
  sample(
    { logits: uniform(['$n', 3, 2], -2, 2) },
    {
      build: ({ logits }) => softmax(logits!, 1),
      reference: (tf, [x]) => tf.transpose(tf.softmax(tf.transpose(x!, [0, 2, 1])), [0, 2, 1]),
      tfjs: (tf, [x]) => tf.softmax(x!, 1),
      tfGradIsWrong: 'throws for an axis that is not the last, as the value does',
      note: 'another axis',
    },
  ),
];
