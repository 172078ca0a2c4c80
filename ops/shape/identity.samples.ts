import { bools, integers, type Sample, sample, uniform } from '../sample.ts';

export const samples: readonly Sample[] = [
  sample({ x: uniform(['$n', 3]) }),
  sample({ x: integers([3], -5, 5) }, { notDifferentiable: 'integers' }),
  sample({ x: bools([3]) }, { notDifferentiable: 'bools' }),
];
