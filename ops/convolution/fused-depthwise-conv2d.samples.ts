import type { Sample } from '../sample.ts';
import { fusedSamples } from './fused.samples.ts';
import { fusedDepthwiseConv2d } from './fused-depthwise-conv2d.ts';

export const samples: readonly Sample[] = fusedSamples('depthwise', fusedDepthwiseConv2d);
