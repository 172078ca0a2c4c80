import { bools, type Sample, sample } from '../sample.ts';

const notDifferentiable = 'a bool result';
export const samples: readonly Sample[] = [
  sample({ x: bools(['$n', 3]) }, { notDifferentiable }),
  sample({ x: bools([]) }, { notDifferentiable }),
  sample({ x: bools([0, 3]) }, { notDifferentiable, note: 'zero elements' }),
];
