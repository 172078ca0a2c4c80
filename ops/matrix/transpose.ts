import type { Dim, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { attr, defineOp, lift, reshape, ShapeError } from '../../engine/index.ts';
import { refill } from '../shape/refill.ts';

const inverse = (perm: readonly number[]): readonly number[] => perm.map((_, i) => perm.indexOf(i));

export const Transpose = defineOp({
  name: 'Transpose',
  inputs: ['x'],
  attrs: { perm: attr.ints() },
  infer: ({ x }, { perm }) => {
    const valid = perm.length === x.shape.length && x.shape.every((_, i) => perm.includes(i));
    if (!valid) throw new ShapeError(`perm [${perm.join(', ')}] is no order of ${x.shape.length} dimensions`);
    return [{ dtype: x.dtype, shape: perm.map((p): Dim => x.shape[p]!) }];
  },
  lowering: [{ kind: 'kernel' }],
  traits: { linear: ['x'], partwise: true, routes: { x: 'whole' } },
  simplify: ({ x }, { perm }): Sym | undefined => {
    if (perm.every((p, i) => p === i)) return x;
    // if the dims other than 1 keep their order, so do the elements
    const moved = perm.filter((p) => x.shape[p] !== 1);
    if (moved.every((p, i) => i === 0 || p > moved[i - 1]!))
      return reshape(
        x,
        perm.map((p) => x.shape[p]!),
      );
    if (x.node.op !== Transpose)
      return refill(
        x,
        perm.map((p) => x.shape[p]!),
      );
    const inner = x.node.attrs.perm as readonly number[];
    return transpose(
      x.node.inputs[0]!,
      perm.map((p) => inner[p]!),
    );
  },
  gradient: { x: (_inputs, { dy, attrs }) => transpose(dy, inverse(attrs.perm)) },
});

/** Permutes the dimensions; reverses them by default. */
export function transpose(x: SymLike, perm?: readonly number[]): Sym {
  const sym = lift(x);
  return Transpose.node({ x: sym }, { perm: perm ?? sym.shape.map((_, i) => sym.rank - 1 - i) });
}

export const doc: OpDoc = {
  summary: 'Dimensions in another order.',
  forward: 'y = x^\\top',
  gradient: { x: '\\bar y^\\top' },
  source: 'Introductory ML, eqs. (1)-(2)',
};
