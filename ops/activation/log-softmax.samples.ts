import { type Sample, type SampleOptions, sample, uniform, values } from '../sample.ts';
import { logSoftmax } from './log-softmax.ts';

const reference: SampleOptions['reference'] = (tf, [x]) => tf.logSoftmax(x!);
export const samples: readonly Sample[] = [
  sample({ logits: uniform(['$n', 4], -2, 2) }, { attrs: { axis: 1 }, reference }),
  sample({ logits: uniform([5], -2, 2) }, { attrs: { axis: 0 }, reference }),
  sample({ logits: uniform([2, '$n', 3], -2, 2) }, { attrs: { axis: 2 }, reference }),
  sample({ logits: uniform([3, 1], -2, 2) }, { attrs: { axis: 1 }, reference, note: 'one class' }),
  sample({ logits: uniform([0, 3]) }, { attrs: { axis: 1 }, reference, note: 'zero elements' }),
  sample(
    {
      logits: values([
        [100, 0, -100],
        [-1000, -1000, -1000],
      ]),
    },
    { attrs: { axis: 1 }, reference, note: 'saturated, and far from 0' },
  ),
  sample(
    { logits: uniform(['$n', 3, 2], -2, 2) },
    {
      build: ({ logits }) => logSoftmax(logits!, 1),
      reference: (tf, [x]) => tf.transpose(tf.logSoftmax(tf.transpose(x!, [0, 2, 1])), [0, 2, 1]),
      tfjs: (tf, [x]) => tf.logSoftmax(x!, 1),
      tfGradIsWrong: 'throws for an axis that is not the last, as the value does',
      note: 'another axis',
    },
  ),
];
