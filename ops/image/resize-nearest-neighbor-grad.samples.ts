import type { Sample } from '../sample.ts';
import { resizeGradSamples } from './resize.samples.ts';
import { resizeNearestNeighborGrad } from './resize-nearest-neighbor-grad.ts';

export const samples: readonly Sample[] = resizeGradSamples('resizeNearestNeighbor', resizeNearestNeighborGrad);
