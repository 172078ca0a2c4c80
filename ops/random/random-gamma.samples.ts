import { type Sample, sample } from '../sample.ts';
import { random } from './draw.samples.ts';
import { randomGamma } from './random-gamma.ts';

export const samples: readonly Sample[] = [
  sample({}, { build: () => randomGamma([3, 2], 2), ...random }),
  sample({}, { build: () => randomGamma([4], 0.5, 2), ...random, note: 'a shape below 1: tfjs draws other numbers' }),
  sample({}, { build: () => randomGamma([4], 3, 0.1, 'int32'), ...random, note: 'whole numbers: tfjs draws others' }),
  sample({}, { build: () => randomGamma([0, 2], 1), ...random, note: 'zero elements' }),
];
