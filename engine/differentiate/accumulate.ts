/** Cotangents of a value: terms from each use, unbroadcast to the value's shape, and their sum. */
import type { Sym } from '../build/sym.ts';
import { addN } from '../primitives/add-n.ts';
import { broadcastAxes, broadcastTo } from '../primitives/broadcast-to.ts';
import { reshape, sameShape } from '../primitives/reshape.ts';
import { select } from '../primitives/select.ts';
import { sumAxes } from '../primitives/sum.ts';
import type { Shape } from '../types.ts';
import { applyMask, keptDims, negated, or, unbroadcastMask } from './mask.ts';

/**
 * A cotangent, and where it counts because of a Select (undefined: everywhere). Elsewhere it is 0 if it `isMasked`, and may else be
 * anything: elementwise rules carry that along, so that one Select at the end of a chain of them is enough.
 */
export interface Cotangent {
  readonly value: Sym;
  readonly mask: Sym | undefined;
  readonly isMasked: boolean;
}

/** The cotangent with zeros where it does not count. */
export const masked = ({ value, mask, isMasked }: Cotangent): Sym =>
  isMasked || mask === undefined ? value : applyMask(mask, value);

/** The sum over what was broadcast: the cotangent of a value of this shape. A scalar cotangent of a larger value is spread. */
export function unbroadcast(value: Sym, shape: Shape): Sym {
  if (sameShape(value.shape, shape)) return value;
  const axes = broadcastAxes(shape, value.shape);
  if (axes.length === 0) return broadcastTo(value, shape);
  return broadcastTo(reshape(sumAxes(value, axes), keptDims(value.shape, axes, shape.length)), shape);
}

/** What does not count is no part of the sum. */
export function unbroadcastCotangent(cotangent: Cotangent, shape: Shape): Cotangent {
  const isMasked = cotangent.isMasked || broadcastAxes(shape, cotangent.value.shape).length > 0;
  const value = isMasked ? masked(cotangent) : cotangent.value;
  const mask = cotangent.mask && unbroadcastMask(cotangent.mask, shape);
  return { value: unbroadcast(value, shape), mask, isMasked };
}

/** The terms of several uses, summed. The sum is masked where all its terms are. */
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

/** The sum of two of which one counts where the other does not. */
const choice = (condition: Sym, t: Cotangent, e: Cotangent): Cotangent => ({
  value: select(condition, t.value, e.value),
  mask: undefined,
  isMasked: true,
});

/** Where one of several cotangents may not be 0. */
export function commonMask(cotangents: readonly Cotangent[]): Sym | undefined {
  const masks = cotangents.flatMap(({ mask }) => mask ?? []);
  return masks.length === cotangents.length ? masks.reduce(or) : undefined;
}
