import type { Sample } from '../sample.ts';
import { inputGradientVolumes } from './volumes.samples.ts';

export const samples: readonly Sample[] = inputGradientVolumes();
