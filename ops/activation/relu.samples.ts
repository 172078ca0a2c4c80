import { distinct, integers, type Sample, sample, uniform, values } from '../sample.ts';

export const samples: readonly Sample[] = [
  sample({ x: distinct(['$n', 3]) }),
  sample({ x: uniform([], 1, 2) }),
  sample({ x: uniform([0, 2]) }, { note: 'zero elements' }),
  sample({ x: values([0]) }, { notDifferentiable: 'a kink' }),
  sample({ x: integers([4], -5, 5) }, { notDifferentiable: 'integers' }),
];
