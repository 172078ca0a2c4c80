import type { Sample } from '../sample.ts';
import { logicalSamples } from './comparison.samples.ts';

export const samples: readonly Sample[] = logicalSamples();
