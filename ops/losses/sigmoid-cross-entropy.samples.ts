import { type Sample, sample, uniform, values } from '../sample.ts';
import { Reduction } from './compute-weighted-loss.ts';
import { lossSamples } from './loss.samples.ts';
import { sigmoidCrossEntropy } from './sigmoid-cross-entropy.ts';

export const samples: readonly Sample[] = [
  ...lossSamples(
    (y, z, w, reduction) => sigmoidCrossEntropy(y, z, w, 0, reduction),
    (tf) => (y, z, w, reduction) => tf.losses.sigmoidCrossEntropy(y, z, w, 0, reduction),
    { labels: (shape) => uniform(shape, 0, 1), predictions: (shape) => uniform(shape, -3, 3) },
  ),
  sample(
    { labels: values([[0], [1], [1]]), logits: uniform([3, 1], -2, 2) },
    {
      build: ({ labels, logits }) => sigmoidCrossEntropy(labels!, logits!, undefined, 0.2),
      reference: (tf, [y, z]) => tf.losses.sigmoidCrossEntropy(y!, z!, undefined, 0.2),
      note: 'smoothed labels',
    },
  ),
  sample(
    { labels: values([0, 1, 0, 1]), logits: values([-60, -60, 60, 60]) },
    {
      build: ({ labels, logits }) => sigmoidCrossEntropy(labels!, logits!, undefined, 0, Reduction.NONE),
      reference: (tf, [y, z]) => tf.losses.sigmoidCrossEntropy(y!, z!, undefined, 0, tf.Reduction.NONE),
      note: 'saturated',
    },
  ),
];
