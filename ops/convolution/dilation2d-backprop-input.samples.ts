import type { Sample } from '../sample.ts';
import { inputGradientDilations } from './dilation.samples.ts';

export const samples: readonly Sample[] = inputGradientDilations();
