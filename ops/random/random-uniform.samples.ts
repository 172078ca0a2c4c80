import { type Sample, sample } from '../sample.ts';
import { random } from './draw.samples.ts';
import { randomUniform } from './random-uniform.ts';

export const samples: readonly Sample[] = [
  sample({}, { build: () => randomUniform([3, 4]), ...random }),
  sample({}, { build: () => randomUniform([5], -2, 3), ...random }),
  sample({}, { build: () => randomUniform([5], 0, 10, 'int32'), ...random, note: 'whole numbers' }),
  sample({}, { build: () => randomUniform([0, 2]), ...random, note: 'zero elements' }),
];
