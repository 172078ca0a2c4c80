import type { Sample } from '../sample.ts';
import { filterGradientVolumes } from './volumes.samples.ts';

export const samples: readonly Sample[] = filterGradientVolumes();
