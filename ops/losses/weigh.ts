/** Products of which one factor is a choice. */
import { type Sym, select } from '../../engine/index.ts';
import { isFinite as isFiniteNumber } from '../comparison/is-finite.ts';
import { logicalOr } from '../comparison/logical-or.ts';
import { notEqual } from '../comparison/not-equal.ts';
import { mul } from '../elementwise/multiply.ts';

/**
 * w x of one shape, but 0 where w is 0 and x infinite or NaN: a weight of 0 takes nothing of what it does not choose. The derivatives
 * are those of the product, and 0 by such an x.
 */
export const weigh = (w: Sym, x: Sym): Sym => mul(w, select(logicalOr(notEqual(w, 0), isFiniteNumber(x)), x, 0));

/** The same for what is not differentiated again. */
export const chosen = (w: Sym, x: Sym): Sym => select(notEqual(w, 0), mul(w, x), 0);
