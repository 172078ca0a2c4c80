import { distinct, type Sample, type SampleOptions, sample } from '../sample.ts';
import type { Axes } from '../shape/axis.ts';
import { euclideanNorm } from './euclidean-norm.ts';

const row = (axis: Axes, keepDims: boolean): SampleOptions => ({
  build: ({ x }) => euclideanNorm(x!, axis, keepDims),
  reference: (tf, [x]) => tf.euclideanNorm(x!, axis as number, keepDims),
});
export const samples: readonly Sample[] = [
  sample({ x: distinct(['$n', 3]) }, row(-1, true)),
  sample({ x: distinct([2, 3]) }, { ...row(null, false), note: 'all elements' }),
];
