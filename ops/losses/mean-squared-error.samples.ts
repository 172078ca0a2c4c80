import type { Sample } from '../sample.ts';
import { lossSamples } from './loss.samples.ts';
import { meanSquaredError } from './mean-squared-error.ts';

export const samples: readonly Sample[] = lossSamples(meanSquaredError, (tf) => tf.losses.meanSquaredError);
