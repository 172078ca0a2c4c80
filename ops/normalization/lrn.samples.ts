import { type Sample, type SampleOptions, sample, uniform } from '../sample.ts';
import { localResponseNormalization } from './lrn.ts';

const row = (...[depthRadius, bias, alpha, beta]: readonly (number | undefined)[]): SampleOptions => ({
  build: ({ x }) => localResponseNormalization(x!, depthRadius, bias, alpha, beta),
  reference: (tf, [x]) => tf.localResponseNormalization(x as never, depthRadius, bias, alpha, beta),
});
export const samples: readonly Sample[] = [
  sample({ x: uniform(['$n', 2, 1, 5]) }, { attrs: { depthRadius: 1, bias: 1.5, alpha: 0.7, beta: 0.75 } }),
  sample({ x: uniform(['$n', 1, 2, 4]) }, { ...row(), note: 'defaults: over all of a few channels' }),
  sample({ x: uniform([2, '$w', 4]) }, { ...row(2, 1, 2), note: 'no batch' }),
  sample({ x: uniform([1, 2, 2, 3]) }, { ...row(0, 2, 0.5, 1), note: 'each channel by itself' }),
  sample({ x: uniform([1, 1, 2, '$c']) }, { ...row(1), note: 'an unknown number of channels' }),
  sample({ x: uniform([0, 1, 2, 3]) }, { ...row(1), note: 'zero elements' }),
];
