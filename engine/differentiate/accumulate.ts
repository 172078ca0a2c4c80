/** Accumulates a value's cotangent: one term per use, unbroadcast to the value's shape, and summed. */
import type { Sym } from '../build/sym.ts';
import { addN } from '../primitives/add-n.ts';
import { broadcastAxes, broadcastTo } from '../primitives/broadcast-to.ts';
import { reshape, sameShape } from '../primitives/reshape.ts';
import { select } from '../primitives/select.ts';
import { sumAxes } from '../primitives/sum.ts';
import type { Shape } from '../types.ts';
import { applyMask, keptDims, negated, or, unbroadcastMask } from './mask.ts';

/** A cotangent with its mask (see mask.ts). */
export interface Cotangent {
  readonly value: Sym;
  /** Where the cotangent may be nonzero; undefined: everywhere. */
  readonly mask: Sym | undefined;
  /**
   * Whether `value` is 0 outside the mask. If not, it may be anything there: elementwise rules compute on it unmasked, so that one Select
   * at the end of a chain of them is enough.
   */
  readonly isMasked: boolean;
}

/** The cotangent's value with zeros outside the mask. */
export const masked = ({ value, mask, isMasked }: Cotangent): Sym =>
  isMasked || mask === undefined ? value : applyMask(mask, value);

/** Sums over the axes that were broadcast, giving the cotangent of a value of this shape; broadcasts where `value` is the smaller one. */
export function unbroadcast(value: Sym, shape: Shape): Sym {
  if (sameShape(value.shape, shape)) return value;
  const axes = broadcastAxes(shape, value.shape);
  if (axes.length === 0) return broadcastTo(value, shape);
  return broadcastTo(reshape(sumAxes(value, axes), keptDims(value.shape, axes, shape.length)), shape);
}

/** `unbroadcast` for a cotangent with a mask, which is applied before summing. */
export function unbroadcastCotangent(cotangent: Cotangent, shape: Shape): Cotangent {
  const isMasked = cotangent.isMasked || broadcastAxes(shape, cotangent.value.shape).length > 0;
  const value = isMasked ? masked(cotangent) : cotangent.value;
  const mask = cotangent.mask && unbroadcastMask(cotangent.mask, shape);
  return { value: unbroadcast(value, shape), mask, isMasked };
}

/** The sum of the terms of several uses. Its mask is the union of theirs. Two terms with opposite masks make one Select. */
export function accumulate(terms: readonly Cotangent[]): Cotangent {
  const [first, second] = terms as readonly [Cotangent, Cotangent];
  if (terms.length === 1) return first;
  if (terms.length === 2) {
    const [not1, not2] = [first, second].map(({ mask }) => mask && negated(mask));
    if (not2 !== undefined && not2 === first.mask) return choice(not2, first, second);
    if (not1 !== undefined && not1 === second.mask) return choice(not1, second, first);
  }
  const mask = commonMask(terms);
  return terms.every((term) => term.mask === mask)
    ? { value: addN(terms.map((term) => term.value)), mask, isMasked: terms.every((term) => term.isMasked) }
    : { value: addN(terms.map(masked)), mask, isMasked: true };
}

/** The sum of two cotangents with opposite masks. */
const choice = (condition: Sym, t: Cotangent, e: Cotangent): Cotangent => ({
  value: select(condition, t.value, e.value),
  mask: undefined,
  isMasked: true,
});

/** The union of the masks of several cotangents; undefined if one has no mask. */
export function commonMask(cotangents: readonly Cotangent[]): Sym | undefined {
  const masks = cotangents.flatMap(({ mask }) => mask ?? []);
  return masks.length === cotangents.length ? masks.reduce(or) : undefined;
}
