import { distinct, integers, type Sample, type SampleOptions, sample } from '../sample.ts';
import type { Axes } from '../shape/axis.ts';
import { moments } from './moments.ts';

const row = (axis?: Axes, keepDims?: boolean): SampleOptions => ({
  build: ({ x }) => Object.values(moments(x!, axis, keepDims)),
  reference: (tf, [x]) => {
    const { mean: m, variance } = tf.moments(x!, axis as number, keepDims);
    return [m, variance];
  },
});
export const samples: readonly Sample[] = [
  sample({ x: distinct(['$n', 3]) }, row(0)),
  sample({ x: distinct([2, '$n', 3]) }, { ...row([0, -1], true), note: 'kept' }),
  sample({ x: distinct([2, 3]) }, { ...row(), note: 'all axes' }),
  sample({ x: distinct([0, 3]) }, { ...row(1), note: 'zero elements' }),
  sample({ x: integers(['$n', 3], -5, 5) }, { ...row(1), notDifferentiable: 'integers' }),
];
