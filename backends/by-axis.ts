/** Ops on values of many dimensions, of which a backend's kernels know only a few: one axis at a time. */
import type { Dim, LegalizeRule, Sym } from '../engine/index.ts';
import { product, reshape } from '../engine/index.ts';
import { transpose } from '../ops/matrix/transpose.ts';
import { along } from '../ops/shape/along.ts';
import { pad } from '../ops/shape/pad.ts';
import { reverse } from '../ops/shape/reverse.ts';
import { tile } from '../ops/shape/tile.ts';

/** A rule for PadV2 beyond this rank. */
export const padByAxis = (rank: number, reason: string): LegalizeRule => ({
  name: 'pad-of-high-rank-by-axis',
  reason,
  op: 'PadV2',
  rewrite: ({ inputs, attrs }) => {
    const [x] = inputs;
    if (x!.rank <= rank) return undefined;
    const { paddings, constantValue } = attrs as {
      paddings: readonly (readonly [Dim, Dim])[];
      constantValue: number;
    };
    return paddings.reduce<Sym>(
      (part, pair, axis) =>
        pair.every((amount) => amount === 0)
          ? part
          : along(part, axis, (x3) => pad(x3, [[0, 0], pair, [0, 0]], constantValue)),
      x!,
    );
  },
});

/** A rule for Reverse beyond this rank. */
export const reverseByAxis = (rank: number, reason: string): LegalizeRule => ({
  name: 'reverse-of-high-rank-by-axis',
  reason,
  op: 'Reverse',
  rewrite: ({ inputs, attrs }) => {
    const [x] = inputs;
    if (x!.rank <= rank) return undefined;
    return (attrs.dims as readonly number[]).reduce<Sym>(
      (part, axis) => along(part, axis, (x3) => reverse(x3, [1])),
      x!,
    );
  },
});

/** A rule for Tile beyond this rank. */
export const tileByAxis = (rank: number, reason: string): LegalizeRule => ({
  name: 'tile-of-high-rank-by-axis',
  reason,
  op: 'Tile',
  rewrite: ({ inputs, attrs }) => {
    const [x] = inputs;
    if (x!.rank <= rank) return undefined;
    return (attrs.reps as readonly Dim[]).reduce<Sym>(
      (part, copies, axis) => (copies === 1 ? part : along(part, axis, (x3) => tile(x3, [1, copies, 1]))),
      x!,
    );
  },
});

/** A rule for Transpose beyond this rank: each axis in turn moves to its place. */
export const transposeByAxis = (rank: number, reason: string): LegalizeRule => ({
  name: 'transpose-of-high-rank-by-axis',
  reason,
  op: 'Transpose',
  rewrite: ({ inputs, outputs, attrs }) => {
    const [x] = inputs;
    if (x!.rank <= rank) return undefined;
    let value = x!;
    const order = x!.shape.map((_, i) => i);
    for (const [to, axis] of (attrs.perm as readonly number[]).entries()) {
      const from = order.indexOf(axis);
      if (from === to) continue;
      order.splice(to, 0, ...order.splice(from, 1));
      value = moved(value, from, to);
    }
    return reshape(value, outputs[0]!.shape);
  },
});

/** The axis `from` moved forwards to `to`. */
function moved(x: Sym, from: number, to: number): Sym {
  const size = x.shape[from]!;
  const [before, between, after] = [x.shape.slice(0, to), x.shape.slice(to, from), x.shape.slice(from + 1)];
  const four = reshape(x, [product(before), product(between), size, product(after)]);
  return reshape(transpose(four, [0, 2, 1, 3]), [...before, size, ...between, ...after]);
}
