import { type Sample, sample } from '../sample.ts';
import { random } from './draw.samples.ts';
import { randomUniformInt } from './random-uniform-int.ts';

export const samples: readonly Sample[] = [
  sample({}, { build: () => randomUniformInt([3, 4], -5, 5), ...random }),
  sample({}, { build: () => randomUniformInt([2], -(2 ** 31), 2 ** 31), ...random, note: 'all of them' }),
];
