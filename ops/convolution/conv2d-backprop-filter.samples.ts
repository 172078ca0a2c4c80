import type { Sample } from '../sample.ts';
import { filterGradientSamples } from './convolution.samples.ts';

export const samples: readonly Sample[] = filterGradientSamples('dense');
