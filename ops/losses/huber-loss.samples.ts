import { type Sample, sample, uniform, values } from '../sample.ts';
import { Reduction } from './compute-weighted-loss.ts';
import { huberLoss } from './huber-loss.ts';
import { lossSamples } from './loss.samples.ts';

export const samples: readonly Sample[] = [
  ...lossSamples(
    (y, p, w, reduction) => huberLoss(y, p, w, 1, reduction),
    (tf) => (y, p, w, reduction) => tf.losses.huberLoss(y, p, w, 1, reduction),
    { labels: (shape) => uniform(shape, -0.2, 0), predictions: (shape) => uniform(shape, 0.1, 0.7) },
  ),
  sample(
    { labels: values([0, 0, 0, 0]), predictions: values([0.3, -0.4, 2, -3]) },
    {
      build: ({ labels, predictions }) => huberLoss(labels!, predictions!, undefined, 0.5, Reduction.NONE),
      reference: (tf, [y, p]) => tf.losses.huberLoss(y!, p!, undefined, 0.5, tf.Reduction.NONE),
      note: 'both sides of another delta',
    },
  ),
];
