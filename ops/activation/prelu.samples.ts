import { distinct, type Sample, sample, uniform, values } from '../sample.ts';

export const samples: readonly Sample[] = [
  sample({ x: distinct(['$n', 3]), alpha: uniform([3], 0, 0.5) }),
  sample({ x: distinct(['$n', 3]), alpha: uniform(['$n', 3], -0.5, 0.5) }),
  sample({ x: distinct([2, 4, 3]), alpha: uniform([4, 1], 0, 0.5) }, { note: 'alpha broadcast' }),
  sample({ x: distinct(['$n', 3]), alpha: uniform([], 0, 0.5) }, { note: 'a scalar alpha' }),
  sample({ x: uniform([0, 2]), alpha: uniform([2], 0, 0.5) }, { note: 'zero elements' }),
  sample({ x: values([0]), alpha: values([0.5]) }, { notDifferentiable: 'a kink' }),
];
