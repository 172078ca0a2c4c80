import type { Sample } from '../sample.ts';
import { MaxPool, maxPool } from './max-pool.ts';
import { imageRows, maxRows } from './pooling.samples.ts';

export const samples: readonly Sample[] = [...imageRows(MaxPool, maxPool, 'max'), ...maxRows(MaxPool, 2)];
