import { type Sample, sample } from '../sample.ts';
import { random } from './draw.samples.ts';
import { truncatedNormal } from './truncated-normal.ts';

export const samples: readonly Sample[] = [
  sample({}, { build: () => truncatedNormal([3, 4]), ...random }),
  sample({}, { build: () => truncatedNormal([5], -2, 3), ...random }),
  sample({}, { build: () => truncatedNormal([0, 2]), ...random, note: 'zero elements' }),
];
