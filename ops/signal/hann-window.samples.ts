import type { Sample } from '../sample.ts';
import { hannWindow } from './hann-window.ts';
import { windowSamples } from './window.samples.ts';

export const samples: readonly Sample[] = windowSamples(hannWindow, 'hannWindow');
