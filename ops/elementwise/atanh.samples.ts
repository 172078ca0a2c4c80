import type { Sample } from '../sample.ts';
import { unarySamples } from './unary.samples.ts';

export const samples: readonly Sample[] = unarySamples(-0.8, 0.8);
