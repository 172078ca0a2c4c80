import type { Sample } from '../sample.ts';
import { extremumSamples } from './extremum.samples.ts';
import { min } from './min.ts';

export const samples: readonly Sample[] = extremumSamples('min', min);
