import type { Sample } from '../sample.ts';
import { AvgPool, avgPool } from './avg-pool.ts';
import { imageRows } from './pooling.samples.ts';

export const samples: readonly Sample[] = imageRows(AvgPool, avgPool, 'avg');
