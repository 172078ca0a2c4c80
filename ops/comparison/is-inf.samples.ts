import type { Sample } from '../sample.ts';
import { finitenessSamples } from './comparison.samples.ts';
import { isInf } from './is-inf.ts';

export const samples: readonly Sample[] = finitenessSamples(
  ({ x }) => isInf(x!),
  (tf, [x]) => tf.isInf(x!),
);
