import { type Sample, sample } from '../sample.ts';
import { random } from './draw.samples.ts';
import { randomNormal } from './random-normal.ts';

export const samples: readonly Sample[] = [
  sample({}, { build: () => randomNormal([3, 4]), ...random }),
  sample({}, { build: () => randomNormal([5], -2, 3), ...random }),
  sample({}, { build: () => randomNormal([0, 2]), ...random, note: 'zero elements' }),
];
