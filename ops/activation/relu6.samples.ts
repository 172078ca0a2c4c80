import { integers, type Sample, sample, uniform, values } from '../sample.ts';

export const samples: readonly Sample[] = [
  sample({
    x: values([
      [-2, -0.5, 0.5],
      [3, 5.5, 7],
    ]),
  }),
  sample({ x: uniform(['$n', 3], 0.5, 5.5) }),
  sample({ x: uniform([], 7, 8) }),
  sample({ x: uniform([0, 2]) }, { note: 'zero elements' }),
  sample({ x: values([0, 6]) }, { notDifferentiable: 'kinks' }),
  sample({ x: integers([6], -5, 12) }, { notDifferentiable: 'integers' }),
];
