import { integers, type Sample, sample, uniform } from '../sample.ts';

export const samples: readonly Sample[] = [
  sample({ inputs: [uniform(['$n', 3]), uniform(['$n', 3]), uniform(['$n', 3])] }),
  sample({ inputs: [uniform([]), uniform([])] }, { note: 'scalars' }),
  sample({ inputs: [uniform([0, 2]), uniform([0, 2])] }, { note: 'zero elements' }),
  sample({ inputs: Array.from({ length: 20 }, () => uniform([2])) }, { note: 'many' }),
  sample({ inputs: [integers([3], -5, 5), integers([3], -5, 5)] }, { notDifferentiable: 'integers' }),
];
