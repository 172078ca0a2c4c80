import { distinct, type Sample, sample, uniform, values } from '../sample.ts';

export const samples: readonly Sample[] = [
  sample({ x: distinct(['$n', 3]) }),
  sample({ x: distinct(['$n', 3]) }, { attrs: { alpha: -0.5 } }),
  sample({ x: uniform([], -2, -1) }),
  sample({ x: uniform([0, 2]) }, { note: 'zero elements' }),
  sample({ x: values([-1, 0, 1]) }, { notDifferentiable: 'a jump' }),
];
