import { type Sample, sample, uniform } from '../sample.ts';
import { cosineDistance } from './cosine-distance.ts';
import { lossSamples } from './loss.samples.ts';

export const samples: readonly Sample[] = [
  ...lossSamples(
    (y, p, w, reduction) => cosineDistance(y, p, 0, w, reduction),
    (tf) => (y, p, w, reduction) => tf.losses.cosineDistance(y, p, 0, w, reduction),
  ).slice(0, -1),
  sample(
    { labels: uniform(['$n', 3]), predictions: uniform(['$n', 3]), weights: uniform([1], 0.5, 2) },
    {
      build: ({ labels, predictions, weights }) => cosineDistance(labels!, predictions!, -1, weights),
      reference: (tf, [y, p, w]) => tf.losses.cosineDistance(y!, p!, 1, w),
      tfGradIsWrong: 'none for the weights',
      note: 'the last axis, weighted',
    },
  ),
];
