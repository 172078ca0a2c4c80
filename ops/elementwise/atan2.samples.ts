import { type Sample, sample, values } from '../sample.ts';
import { binarySamples } from './binary.samples.ts';

export const samples: readonly Sample[] = [
  ...binarySamples([0.2, 2], [-2, 2]),
  sample({ a: values([1, -1, 1, -1, 0]), b: values([2, 2, -2, -2, 1]) }, { note: 'every quadrant' }),
];
