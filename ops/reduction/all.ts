import { attr, defineOp, type OpDoc, type Sym, type SymLike, ZERO } from '../../engine/index.ts';
import type { Axes } from '../shape/axis.ts';
import { reduceBools } from './logical.ts';
import { inferReduction, ofSingles } from './reduction.ts';

export const All = defineOp({
  name: 'All',
  inputs: ['x'],
  attrs: { axis: attr.ints(), keepDims: attr.bool(false) },
  infer: ({ x }, { axis, keepDims }) => inferReduction(x, axis, keepDims, ['bool']),
  lowering: [{ kind: 'kernel' }],
  simplify: ({ x }, { axis, keepDims }) => ofSingles(x, axis, keepDims),
  gradient: { x: ZERO },
});

/**
 * Whether every element holds, over axes, by default all; true where there is nothing.
 * @throws ShapeError, DTypeError
 */
export function all(x: SymLike, axis: Axes = null, keepDims = false): Sym {
  return reduceBools(x, axis, (sym, axes) => All.node({ x: sym }, { axis: axes, keepDims }));
}

export const doc: OpDoc = {
  summary: 'Whether all hold, over axes.',
  forward: 'y = \\bigwedge_i x_i',
  gradient: { x: 'zero' },
  source: 'a bool carries no gradient',
};
