import { attr, defineOp, type OpDoc, type Sym, type SymLike, ZERO } from '../../engine/index.ts';
import type { Axes } from '../shape/axis.ts';
import { reduceBools } from './logical.ts';
import { inferReduction, ofSingles } from './reduction.ts';

export const Any = defineOp({
  name: 'Any',
  inputs: ['x'],
  attrs: { axis: attr.ints(), keepDims: attr.bool(false) },
  infer: ({ x }, { axis, keepDims }) => inferReduction(x, axis, keepDims, ['bool']),
  lowering: [{ kind: 'kernel' }],
  simplify: ({ x }, { axis, keepDims }) => ofSingles(x, axis, keepDims),
  gradient: { x: ZERO },
});

/**
 * Whether at least one element holds, over axes, by default all; false where there is nothing.
 * @throws ShapeError, DTypeError
 */
export function any(x: SymLike, axis: Axes = null, keepDims = false): Sym {
  return reduceBools(x, axis, (sym, axes) => Any.node({ x: sym }, { axis: axes, keepDims }));
}

export const doc: OpDoc = {
  summary: 'Whether any holds, over axes.',
  forward: 'y = \\bigvee_i x_i',
  gradient: { x: 'zero' },
  source: 'a bool carries no gradient',
};
