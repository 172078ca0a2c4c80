/** Products in which a weight of 0 excludes its factor, even NaN. */
import { type Sym, select } from '../../engine/index.ts';
import { isFinite as isFiniteNumber } from '../comparison/is-finite.ts';
import { logicalOr } from '../comparison/logical-or.ts';
import { notEqual } from '../comparison/not-equal.ts';
import { mul } from '../elementwise/multiply.ts';

/** w x, for one shape; 0 where w is 0 and x infinite or NaN. The derivatives are those of the product, and 0 for such an x. */
export const weigh = (w: Sym, x: Sym): Sym => mul(w, select(logicalOr(notEqual(w, 0), isFiniteNumber(x)), x, 0));

/** The same for composites: its derivative in w is wrong where w is 0. */
export const chosen = (w: Sym, x: Sym): Sym => select(notEqual(w, 0), mul(w, x), 0);
