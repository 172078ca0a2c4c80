import { integers, type Sample, sample } from '../sample.ts';
import { binarySamples } from './binary.samples.ts';

export const samples: readonly Sample[] = [
  ...binarySamples([-2, 2], [-2, 2], { broadcastIsWrong: 'throws on a broadcast' }),
  sample({ a: integers([4], -5, 5), b: integers([4], -5, 5) }, { notDifferentiable: 'integers' }),
];
