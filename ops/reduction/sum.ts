import { cast, lift, type OpDoc, type Sym, type SymLike, sumAxes } from '../../engine/index.ts';
import { type Axes, toAxes } from '../shape/axis.ts';

export { Sum } from '../../engine/index.ts';

/** The sum over axes, by default all; bools become integers. @throws ShapeError */
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
