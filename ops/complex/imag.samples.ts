import type { Sample } from '../sample.ts';
import { complexSamples } from './values.samples.ts';

export const samples: readonly Sample[] = complexSamples('input');
