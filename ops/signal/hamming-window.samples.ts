import type { Sample } from '../sample.ts';
import { hammingWindow } from './hamming-window.ts';
import { windowSamples } from './window.samples.ts';

export const samples: readonly Sample[] = windowSamples(hammingWindow, 'hammingWindow');
