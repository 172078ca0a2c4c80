import type { Sample } from '../sample.ts';
import { extremumSamples } from './extremum.samples.ts';
import { maximum } from './maximum.ts';

export const samples: readonly Sample[] = extremumSamples(maximum, 'maximum');
