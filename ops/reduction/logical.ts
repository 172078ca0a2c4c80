/** What any and all share. */
import { lift, type Sym, type SymLike } from '../../engine/index.ts';
import type { Axes } from '../shape/axis.ts';
import { reduce } from './reduction.ts';

/** The node of a reduction of bools, or of literals meant so. */
export const reduceBools = (x: SymLike, axis: Axes, node: (x: Sym, axis: readonly number[]) => Sym): Sym =>
  reduce(lift(x, 'bool'), axis, node);
