import type { DimLike, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { attr, defineComposite, lift, reshape, toDim } from '../../engine/index.ts';
import { requireSameShape } from './axis.ts';

/** Requires a shape of its input: immediately if the input's shape is known, else when dims are bound. */
export const EnsureShape = defineComposite({
  name: 'EnsureShape',
  inputs: ['x'],
  attrs: { shape: attr.shape() },
  infer: ({ x }, { shape }) => {
    requireSameShape(x.shape, shape, 'the value and the expected shape');
    return [{ dtype: x.dtype, shape }];
  },
  lowering: [{ kind: 'composite', expand: ({ x }, { shape }) => reshape(x, shape) }],
  traits: { linear: ['x'], routes: { x: 'whole' } },
  gradient: { x: ({ x }, { dy }) => reshape(dy, x.shape) },
});

/**
 * x, if it has this shape; null allows any size. What depends on unknown dims is checked when they are bound, and the result has the shape
 * given here.
 * @throws ShapeError
 */
export function ensureShape(x: SymLike, shape: readonly DimLike[]): Sym {
  const sym = lift(x);
  return EnsureShape.node({ x: sym }, { shape: shape.map((d, i) => (d === null ? (sym.shape[i] ?? 0) : toDim(d))) });
}

export const doc: OpDoc = {
  summary: 'The value itself, its shape checked.',
  forward: 'y = x',
  gradient: { x: '\\bar y' },
  source: 'by definition',
};
