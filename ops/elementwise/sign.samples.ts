import { distinct, integers, type Sample, sample, uniform, values } from '../sample.ts';

export const samples: readonly Sample[] = [
  sample({ x: distinct(['$n', 3]) }),
  sample({ x: uniform([], -2, -1) }),
  sample({ x: uniform([0, 2]) }, { note: 'zero elements' }),
  sample({ x: values([-2, 0, 2]) }, { notDifferentiable: 'a jump' }),
  sample({ x: integers([4], -5, 5) }, { notDifferentiable: 'integers' }),
];
