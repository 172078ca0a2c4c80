/** BroadcastTo, and the rules of broadcasting shapes. */
import { attr } from '../attr.ts';
import { requireEqual } from '../build/context.ts';
import type { Sym, SymLike } from '../build/sym.ts';
import { type DimLike, formatShape, toDim } from '../dim/index.ts';
import { ShapeError } from '../errors.ts';
import { defineOp, lift } from '../op.ts';
import type { Shape } from '../types.ts';
import { Fill } from './fill.ts';
import { sameShape } from './reshape.ts';

/** The broadcast of two shapes: only a literal 1 is stretched, never a symbol. @throws ShapeError */
export function broadcastShapes(a: Shape, b: Shape): Shape {
  if (a === b || (a.length === b.length && a.every((d, i) => d === b[i]))) return a;
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, i) => {
    const p = a[i - rank + a.length] ?? 1;
    const q = b[i - rank + b.length] ?? 1;
    if (p === 1 || p === q) return q;
    if (q === 1) return p;
    requireEqual(p, q, `dimension ${i} of the broadcast of ${formatShape(a)} and ${formatShape(b)}`);
    return p;
  });
}

/** The axes of `to` along which a value of shape `from` is repeated. */
export function broadcastAxes(from: Shape, to: Shape): readonly number[] {
  const lead = to.length - from.length;
  return to.flatMap((d, i) => (i < lead || (from[i - lead] === 1 && d !== 1) ? [i] : []));
}

export const BroadcastTo = defineOp({
  name: 'BroadcastTo',
  inputs: ['x'],
  attrs: { shape: attr.shape() },
  infer: ({ x }, { shape }) => {
    const lead = shape.length - x.shape.length;
    if (lead < 0) throw new ShapeError(`${formatShape(x.shape)} has more dimensions than ${formatShape(shape)}`);
    x.shape.forEach((d, i) => {
      if (d !== 1)
        requireEqual(
          shape[i + lead]!,
          d,
          `dimension ${i + lead} of ${formatShape(shape)}, to which ${formatShape(x.shape)} is broadcast`,
        );
    });
    return [{ dtype: x.dtype, shape }];
  },
  lowering: [{ kind: 'kernel' }],
  traits: { partwise: true, routes: { x: 'whole' } },
  simplify: ({ x }, { shape }): Sym | undefined => {
    if (sameShape(x.shape, shape)) return x;
    if (x.node.op === BroadcastTo) return broadcastTo(x.node.inputs[0]!, shape);
    if (x.node.op === Fill)
      return Fill.node({}, { ...(x.node.attrs as { value: number; dtype: 'float32'; cotangent: boolean }), shape });
    return undefined;
  },
  // the engine sums the cotangent over the broadcast axes
  gradient: { x: (_inputs, { dy }) => dy },
});

/** Repeats along leading dims and dims of size 1, as tf.broadcastTo. */
export function broadcastTo(x: SymLike, shape: readonly DimLike[]): Sym {
  const sym = lift(x);
  const to = shape.map(toDim);
  return sameShape(sym.shape, to) ? sym : BroadcastTo.node({ x: sym }, { shape: to });
}
