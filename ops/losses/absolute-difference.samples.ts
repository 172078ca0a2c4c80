import { distinct, type Sample, uniform } from '../sample.ts';
import { absoluteDifference } from './absolute-difference.ts';
import { lossSamples } from './loss.samples.ts';

export const samples: readonly Sample[] = lossSamples(absoluteDifference, (tf) => tf.losses.absoluteDifference, {
  labels: (shape) => uniform(shape, 4, 5), // away from the kink
  predictions: (shape) => distinct(shape),
});
