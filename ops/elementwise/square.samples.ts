import { integers, type Sample, sample, uniform } from '../sample.ts';

export const samples: readonly Sample[] = [
  sample({ x: uniform(['$n', 3], -2, 2) }),
  sample({ x: integers([4], -5, 5) }, { notDifferentiable: 'integers' }),
];
