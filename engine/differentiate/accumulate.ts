/** Cotangents of a value: terms from each use, unbroadcast to the value's shape, and their sum. */
import type { Sym } from '../build/sym.ts';
import { addN } from '../primitives/add-n.ts';
import { broadcastAxes, broadcastTo } from '../primitives/broadcast-to.ts';
import { reshape } from '../primitives/reshape.ts';
import { sumAxes } from '../primitives/sum.ts';
import type { Shape } from '../types.ts';
import { keptDims, or, unbroadcastMask } from './mask.ts';

/** A cotangent, and where it is known to be 0 because of a Select (undefined: nowhere). */
export interface Cotangent {
  readonly value: Sym;
  readonly mask: Sym | undefined;
}

/** The sum over what was broadcast: the cotangent of a value of this shape. A scalar cotangent of a larger value is spread. */
export function unbroadcast(value: Sym, shape: Shape): Sym {
  const axes = broadcastAxes(shape, value.shape);
  if (axes.length === 0) return broadcastTo(value, shape);
  return broadcastTo(reshape(sumAxes(value, axes), keptDims(value.shape, axes, shape.length)), shape);
}

export const unbroadcastCotangent = ({ value, mask }: Cotangent, shape: Shape): Cotangent => ({
  value: unbroadcast(value, shape),
  mask: mask && unbroadcastMask(mask, shape),
});

/** The terms of several uses, summed. The sum is masked where all its terms are. */
export function accumulate(terms: readonly Cotangent[]): Cotangent {
  if (terms.length === 1) return terms[0]!;
  const masks = terms.map((t) => t.mask);
  return {
    value: addN(terms.map((t) => t.value)),
    mask: masks.every((m) => m !== undefined) ? (masks as Sym[]).reduce(or) : undefined,
  };
}
