import type { Sample } from '../sample.ts';
import { AvgPool3D, avgPool3d } from './avg-pool-3d.ts';
import { volumeRows } from './pooling.samples.ts';

export const samples: readonly Sample[] = volumeRows(AvgPool3D, avgPool3d, 'avg');
