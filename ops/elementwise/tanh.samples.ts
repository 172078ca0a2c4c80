import { type Sample, sample, uniform } from '../sample.ts';

export const samples: readonly Sample[] = [
  sample({ x: uniform(['$n', 3], -2, 2) }),
  sample({ x: uniform([], -2, 2) }),
  sample({ x: uniform([0, 2]) }, { note: 'zero elements' }),
  sample({ x: uniform([8], 4, 8) }, { note: 'saturated' }),
];
