import { bools, integers, type Sample, sample, uniform } from '../sample.ts';

export const samples: readonly Sample[] = [
  sample({ x: uniform(['$n', 3]) }, { attrs: { reps: [1, 2] } }),
  sample({ x: uniform(['$n', 3]) }, { attrs: { reps: [2, 1] }, note: 'the unknown axis' }),
  sample({ x: uniform([2, 1, 3]) }, { attrs: { reps: [2, 4, 3] } }),
  sample({ x: uniform([4]) }, { attrs: { reps: [3] } }),
  sample({ x: uniform([2, 3]) }, { attrs: { reps: [1, 1] }, note: 'one copy' }),
  sample({ x: uniform([2, 3]) }, { attrs: { reps: [2, 0] }, note: 'no copies' }),
  sample({ x: uniform([0, 3]) }, { attrs: { reps: [2, 2] }, note: 'zero elements' }),
  sample(
    { x: uniform([1, 2, 1, 2, 2]) },
    { attrs: { reps: [2, 1, 2, 2, 1] }, note: 'five axes', tfGradIsWrong: 'throws above four axes' },
  ),
  sample({ x: integers([2, 2], -5, 5) }, { attrs: { reps: [2, 2] }, notDifferentiable: 'integers' }),
  sample({ x: bools([2, 2]) }, { attrs: { reps: [1, 3] }, notDifferentiable: 'bools' }),
];
