import { bools, type Sample, sample } from '../sample.ts';
import { comparisonSamples } from './comparison.samples.ts';

export const samples: readonly Sample[] = [
  ...comparisonSamples,
  sample({ a: bools(['$n', 3]), b: bools([3]) }, { notDifferentiable: 'a bool result', note: 'bools' }),
];
