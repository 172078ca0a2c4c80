import type { Sample } from '../sample.ts';
import { unarySamples } from './unary.samples.ts';

export const samples: readonly Sample[] = unarySamples(-4, 4);
