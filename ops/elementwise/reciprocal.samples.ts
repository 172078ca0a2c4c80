import { type Sample, sample, uniform } from '../sample.ts';
import { unarySamples } from './unary.samples.ts';

export const samples: readonly Sample[] = [
  ...unarySamples(0.3, 3),
  sample({ x: uniform([4], -3, -0.3) }, { note: 'negative' }),
];
