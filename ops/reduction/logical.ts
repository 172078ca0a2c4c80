/** What any and all share. */
import { bools, lift, type Sample, type Sym, type SymLike, sample } from '../../engine/index.ts';
import { type Axes, toAxes } from '../shape/axis.ts';
import { reduce } from './reduction.ts';

/** The node of a reduction of bools, or of literals meant so. */
export const reduceBools = (x: SymLike, axis: Axes, node: (x: Sym, axis: readonly number[]) => Sym): Sym =>
  reduce(lift(x, 'bool'), axis, node);

const notDifferentiable = 'bools';
export const logicalSamples = (): readonly Sample[] => [
  sample({ x: bools(['$n', 3]) }, { attrs: { axis: [1] }, notDifferentiable }),
  sample({ x: bools([2, '$n', 2]) }, { attrs: { axis: [0, 2], keepDims: true }, notDifferentiable, note: 'kept' }),
  sample({ x: bools([3, 2]) }, { attrs: { axis: toAxes(null, 2) }, notDifferentiable, note: 'all axes' }),
  sample({ x: bools([0, 3]) }, { attrs: { axis: [1] }, notDifferentiable, note: 'zero elements' }),
];
