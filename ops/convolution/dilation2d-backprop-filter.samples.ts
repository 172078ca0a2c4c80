import type { Sample } from '../sample.ts';
import { filterGradientDilations } from './dilation.samples.ts';

export const samples: readonly Sample[] = filterGradientDilations();
