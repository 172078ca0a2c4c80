import { bools, type Sample, sample } from '../sample.ts';
import { toAxes } from '../shape/axis.ts';

const notDifferentiable = 'bools';
export const logicalSamples: readonly Sample[] = [
  sample({ x: bools(['$n', 3]) }, { attrs: { axis: [1] }, notDifferentiable }),
  sample({ x: bools([2, '$n', 2]) }, { attrs: { axis: [0, 2], keepDims: true }, notDifferentiable, note: 'kept' }),
  sample({ x: bools([3, 2]) }, { attrs: { axis: toAxes(null, 2) }, notDifferentiable, note: 'all axes' }),
  sample({ x: bools([0, 3]) }, { attrs: { axis: [1] }, notDifferentiable, note: 'zero elements' }),
];
