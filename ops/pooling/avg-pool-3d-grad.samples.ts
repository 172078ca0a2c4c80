import type { Sample } from '../sample.ts';
import { avgPool3dGrad } from './avg-pool-3d-grad.ts';
import { gradRows, volumeGradRows } from './pooling.samples.ts';

export const samples: readonly Sample[] = gradRows(volumeGradRows, avgPool3dGrad, 'avg');
