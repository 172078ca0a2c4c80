import { unarySamples } from '../elementwise/unary.samples.ts';
import { type Sample, sample, values } from '../sample.ts';

export const samples: readonly Sample[] = [
  ...unarySamples(-3, 3),
  sample({ x: values([-100, -20, 20, 100]) }, { note: 'saturated' }),
];
