import type { Sample } from '../sample.ts';
import { cumsum } from './cumsum.ts';
import { scanSamples } from './scan.samples.ts';

export const samples: readonly Sample[] = scanSamples(cumsum, 'cumsum', {});
