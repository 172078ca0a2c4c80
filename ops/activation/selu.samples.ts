import { distinct, type Sample, sample, uniform, values } from '../sample.ts';

export const samples: readonly Sample[] = [
  sample({ x: distinct(['$n', 3]) }),
  sample({ x: uniform([], -2, -1) }),
  sample({ x: uniform([0, 2]) }, { note: 'zero elements' }),
  sample({ x: values([-30, -10, 10, 30]) }, { note: 'saturated' }),
  sample({ x: values([0]) }, { notDifferentiable: 'a kink' }),
];
