import type { Sample } from '../sample.ts';
import { finitenessSamples } from './comparison.samples.ts';
// biome-ignore lint/suspicious/noShadowRestrictedNames: as tf has it
import { isFinite } from './is-finite.ts';

export const samples: readonly Sample[] = finitenessSamples(
  ({ x }) => isFinite(x!),
  (tf, [x]) => tf.isFinite(x!),
);
