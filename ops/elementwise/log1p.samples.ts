import { type Sample, sample, values } from '../sample.ts';
import { unarySamples } from './unary.samples.ts';

export const samples: readonly Sample[] = [
  ...unarySamples(-0.7, 2),
  sample({ x: values([-1e-3, 0, 1e-3]) }, { note: 'near 0' }),
];
