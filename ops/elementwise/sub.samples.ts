import { integers, type Sample, sample, uniform } from '../sample.ts';

export const samples: readonly Sample[] = [
  sample({ a: uniform(['$n', 3]), b: uniform(['$n', 3]) }),
  sample({ a: uniform(['$n', 3]), b: uniform([3]) }),
  sample({ a: uniform([2, 1, 3]), b: uniform([4, 1]) }, { note: 'both broadcast' }),
  sample({ a: integers([4], -5, 5), b: integers([4], -5, 5) }, { notDifferentiable: 'integers' }),
];
