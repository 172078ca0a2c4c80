import type { Sample } from '../sample.ts';
import { pool } from './pool.ts';
import { dilatedRows } from './pooling.samples.ts';

export const samples: readonly Sample[] = dilatedRows((x, kind, { filterSize, strides, pad, dilations }) =>
  pool(x, filterSize, kind, pad, dilations, strides),
);
