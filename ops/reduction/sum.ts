import {
  bools,
  cast,
  integers,
  lift,
  type OpDoc,
  type Sym,
  type SymLike,
  sample,
  sumAxes,
  uniform,
} from '../../engine/index.ts';
import { type Axes, toAxes } from '../shape/axis.ts';
import { reductionSamples } from './reduction.ts';

export { Sum } from '../../engine/index.ts';

/** The sum over axes, by default all; bools are counted. @throws ShapeError */
export function sum(x: SymLike, axis: Axes = null, keepDims = false): Sym {
  const sym = lift(x);
  return sumAxes(sym.dtype === 'bool' ? cast(sym, 'int32') : sym, toAxes(axis, sym.rank), keepDims);
}

export const doc: OpDoc = {
  summary: 'Sum over axes.',
  forward: 'y = \\sum_i x_i',
  gradient: { x: '\\bar y' },
  source: 'CSE473, sum rule (5.47)',
};
export const samples = () => [
  ...reductionSamples(sum, {
    reference:
      (axis, keepDims) =>
      (tf, [x]) =>
        tf.sum(x!, axis as number, keepDims),
  }),
  sample({ x: uniform([2, 0]) }, { attrs: { axis: [1] }, note: 'nothing to sum: zeros' }),
  sample({ x: integers(['$n', 3], -5, 5) }, { attrs: { axis: [0] }, notDifferentiable: 'integers' }),
  sample(
    { x: bools(['$n', 3]) },
    { build: ({ x }) => sum(x!, 1), reference: (tf, [x]) => tf.sum(x!, 1), notDifferentiable: 'bools', note: 'counts' },
  ),
];
