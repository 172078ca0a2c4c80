import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import type { Axes } from '../shape/axis.ts';
import { defineLogicalReduction, reduceBools } from './logical.ts';

export const Any = defineLogicalReduction('Any');

/**
 * Whether at least one element is true, over axes, by default all; false for no elements.
 * @throws ShapeError, DTypeError
 */
export const any = (x: SymLike, axis: Axes = null, keepDims = false): Sym => reduceBools(Any, x, axis, keepDims);

export const doc: OpDoc = {
  summary: 'Whether any holds, over axes.',
  forward: 'y = \\bigvee_i x_i',
  gradient: { x: 'zero' },
  source: 'a bool carries no gradient',
};
