import { integers, type Sample, sample, uniform, values } from '../sample.ts';
import { binarySamples } from './binary.samples.ts';

export const samples: readonly Sample[] = [
  ...binarySamples([2.2, 2.8], [1, 1.09]),
  sample(
    { a: uniform([4], -2.8, -2.2), b: uniform([4], 1, 1.09) },
    { note: 'negative: the remainder has the sign of the divisor' },
  ),
  sample({ a: integers([6], -9, 9), b: integers([6], 1, 5) }, { notDifferentiable: 'integers' }),
  sample(
    { a: values([5, -5, 0, -7, 7], 'int32'), b: values([0, 0, 0, 2, -2], 'int32') },
    { notDifferentiable: 'integers', note: 'what is left of a division by 0 is 0' },
  ),
];
