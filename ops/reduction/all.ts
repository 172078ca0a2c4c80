import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import type { Axes } from '../shape/axis.ts';
import { defineLogicalReduction, reduceBools } from './logical.ts';

export const All = defineLogicalReduction('All');

/**
 * Whether all elements are true, over axes, by default all; true for no elements.
 * @throws ShapeError, DTypeError
 */
export const all = (x: SymLike, axis: Axes = null, keepDims = false): Sym => reduceBools(All, x, axis, keepDims);

export const doc: OpDoc = {
  summary: 'Whether all hold, over axes.',
  forward: 'y = \\bigwedge_i x_i',
  gradient: { x: 'zero' },
  source: 'a bool carries no gradient',
};
