import type { Sample } from '../sample.ts';
import { maxPool3dGradGrad } from './max-pool-3d-grad-grad.ts';
import { gradGradRows, volumeGradRows } from './pooling.samples.ts';

export const samples: readonly Sample[] = gradGradRows(volumeGradRows, maxPool3dGradGrad);
