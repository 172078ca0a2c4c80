import type { Sample } from '../sample.ts';
import { finitenessSamples } from './comparison.samples.ts';
// biome-ignore lint/suspicious/noShadowRestrictedNames: as tf has it
import { isNaN } from './is-nan.ts';

export const samples: readonly Sample[] = finitenessSamples(
  ({ x }) => isNaN(x!),
  (tf, [x]) => tf.isNaN(x!),
);
