import { type Sample, sample, uniform } from '../sample.ts';

export const samples: readonly Sample[] = [
  sample({ x: uniform(['$n', 3]) }, { attrs: { perm: [1, 0] } }),
  sample({ x: uniform([2, '$n', 4]) }, { attrs: { perm: [2, 0, 1] } }),
  sample({ x: uniform([0, 3]) }, { attrs: { perm: [1, 0] }, note: 'zero elements' }),
];
