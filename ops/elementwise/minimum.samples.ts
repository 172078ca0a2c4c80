import type { Sample } from '../sample.ts';
import { extremumSamples } from './extremum.samples.ts';
import { minimum } from './minimum.ts';

export const samples: readonly Sample[] = extremumSamples(minimum, 'minimum');
