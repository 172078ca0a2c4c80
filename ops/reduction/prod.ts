import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { attr, cast, defineOp, lift, product, reshape } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { transpose } from '../matrix/transpose.ts';
import { cumprod } from '../scan/cumprod.ts';
import type { Axes } from '../shape/axis.ts';
import { inferReduction, kept, ofSingles, reduce } from './reduction.ts';

export const Prod = defineOp({
  name: 'Prod',
  inputs: ['x'],
  attrs: { axis: attr.ints(), keepDims: attr.bool(false) },
  infer: ({ x }, { axis, keepDims }) => inferReduction(x, axis, keepDims),
  lowering: [{ kind: 'kernel' }],
  simplify: ({ x }, { axis, keepDims }) => ofSingles(x, axis, keepDims),
  gradient: { x: ({ x }, { dy, attrs: { axis } }) => mul(kept(dy, x, axis), productOfOthers(x, axis)) },
});

/**
 * For each element, the product of all others that are reduced with it: those before it times those after it, since a division would fail
 * for 0.
 */
function productOfOthers(x: Sym, axis: readonly number[]): Sym {
  if (axis.length === 1) return mul(cumprod(x, axis[0], true), cumprod(x, axis[0], true, true));
  const others = x.shape.flatMap((_, i) => (axis.includes(i) ? [] : [i]));
  const perm = [...others, ...axis];
  const moved = transpose(x, perm);
  const flat = reshape(moved, [...others.map((i) => x.shape[i]!), product(axis.map((i) => x.shape[i]!))]);
  const back = perm.map((_, i) => perm.indexOf(i));
  return transpose(reshape(productOfOthers(flat, [others.length]), moved.shape), back);
}

/** The product over axes, by default all; bools become integers. 1 for no elements. @throws ShapeError */
export function prod(x: SymLike, axis: Axes = null, keepDims = false): Sym {
  const sym = lift(x);
  return reduce(sym.dtype === 'bool' ? cast(sym, 'int32') : sym, axis, (s, axes) =>
    Prod.node({ x: s }, { axis: axes, keepDims }),
  );
}

export const doc: OpDoc = {
  summary: 'Product over axes.',
  forward: 'y = \\prod_i x_i',
  gradient: { x: '\\bar y \\prod_{j < i} x_j \\prod_{j > i} x_j' },
  source: 'CSE473, product rule (5.46)',
};
