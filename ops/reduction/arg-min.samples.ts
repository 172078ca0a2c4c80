import type { Sample } from '../sample.ts';
import { argSamples } from './arg-extremum.samples.ts';
import { argMin } from './arg-min.ts';

export const samples: readonly Sample[] = argSamples('argMin', argMin);
