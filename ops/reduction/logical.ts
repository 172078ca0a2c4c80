/** The definition of any and all. */
import { attr, defineOp, lift, type Sym, type SymLike, ZERO } from '../../engine/index.ts';
import type { Axes } from '../shape/axis.ts';
import { inferReduction, ofSingles, reduce } from './reduction.ts';

/** Defines a reduction of bools. */
export const defineLogicalReduction = (name: string) =>
  defineOp({
    name,
    inputs: ['x'],
    attrs: { axis: attr.ints(), keepDims: attr.bool(false) },
    infer: ({ x }, { axis, keepDims }) => inferReduction(x, axis, keepDims, ['bool']),
    lowering: [{ kind: 'kernel' }],
    simplify: ({ x }, { axis, keepDims }) => ofSingles(x, axis, keepDims),
    gradient: { x: ZERO },
  });

/** The node of a reduction of bools; literals become bools. */
export const reduceBools = (
  op: ReturnType<typeof defineLogicalReduction>,
  x: SymLike,
  axis: Axes,
  keepDims: boolean,
): Sym => reduce(lift(x, 'bool'), axis, (sym, axes) => op.node({ x: sym }, { axis: axes, keepDims }));
