/** Cotangents of a value: terms from each use, unbroadcast to the value's shape, and their sum. */
import type { Sym } from '../build/sym.ts';
import { addN } from '../primitives/add-n.ts';
import { broadcastAxes, broadcastTo } from '../primitives/broadcast-to.ts';
import { reshape, sameShape } from '../primitives/reshape.ts';
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
  if (sameShape(value.shape, shape)) return value;
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
  return terms.length === 1 ? terms[0]! : { value: addN(terms.map((t) => t.value)), mask: commonMask(terms) };
}

/** Where one of several cotangents may not be 0. */
export function commonMask(cotangents: readonly Cotangent[]): Sym | undefined {
  const masks = cotangents.flatMap(({ mask }) => mask ?? []);
  return masks.length === cotangents.length ? masks.reduce(or) : undefined;
}
