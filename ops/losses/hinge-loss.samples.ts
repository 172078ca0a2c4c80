import { type Sample, sample, uniform, values } from '../sample.ts';
import { Reduction } from './compute-weighted-loss.ts';
import { hingeLoss } from './hinge-loss.ts';
import { lossSamples } from './loss.samples.ts';

export const samples: readonly Sample[] = [
  ...lossSamples(hingeLoss, (tf) => tf.losses.hingeLoss, { labels: (shape) => uniform(shape, 0, 0.4) }),
  sample(
    { labels: values([0, 1, 0, 1]), predictions: values([-2, 3, 0.5, -0.5]) },
    {
      build: ({ labels, predictions }) => hingeLoss(labels!, predictions!, undefined, Reduction.NONE),
      reference: (tf, [y, p]) => tf.losses.hingeLoss(y!, p!, undefined, tf.Reduction.NONE),
      note: 'both sides of the margin',
    },
  ),
];
