import type { Sample } from '../sample.ts';
import { argSamples } from './arg-extremum.samples.ts';
import { argMax } from './arg-max.ts';

export const samples: readonly Sample[] = argSamples('argMax', argMax);
