import type { Sample } from '../sample.ts';
import { extremumSamples } from './extremum.samples.ts';
import { max } from './max.ts';

export const samples: readonly Sample[] = extremumSamples('max', max);
