import type { Sample } from '../sample.ts';
import { resizeGradSamples } from './resize.samples.ts';
import { resizeBilinearGrad } from './resize-bilinear-grad.ts';

export const samples: readonly Sample[] = resizeGradSamples('resizeBilinear', resizeBilinearGrad);
