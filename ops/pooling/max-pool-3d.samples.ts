import type { Sample } from '../sample.ts';
import { MaxPool3D, maxPool3d } from './max-pool-3d.ts';
import { maxRows, volumeRows } from './pooling.samples.ts';

export const samples: readonly Sample[] = [...volumeRows(MaxPool3D, maxPool3d, 'max'), ...maxRows(MaxPool3D, 3)];
