import type { Sample } from '../sample.ts';
import { inputGradientSamples } from './convolution.samples.ts';

export const samples: readonly Sample[] = inputGradientSamples('depthwise');
