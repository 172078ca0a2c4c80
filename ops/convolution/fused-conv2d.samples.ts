import type { Sample } from '../sample.ts';
import { fusedSamples } from './fused.samples.ts';
import { fusedConv2d } from './fused-conv2d.ts';

export const samples: readonly Sample[] = fusedSamples('dense', fusedConv2d);
