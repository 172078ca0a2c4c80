import { type Sample, uniform } from '../sample.ts';
import { logLoss } from './log-loss.ts';
import { lossSamples } from './loss.samples.ts';

const probabilities = (shape: Parameters<typeof uniform>[0]) => uniform(shape, 0.1, 0.9);
export const samples: readonly Sample[] = lossSamples(
  (y, p, w, reduction) => logLoss(y, p, w, undefined, reduction),
  (tf) => (y, p, w, reduction) => tf.losses.logLoss(y, p, w, undefined, reduction),
  { labels: probabilities, predictions: probabilities },
);
