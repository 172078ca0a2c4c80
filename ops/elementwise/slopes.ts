/** Parts of elementwise functions' derivatives that are precise over the whole range of float32. */
import { type Sym, select, stopGradient } from '../../engine/index.ts';
import { less } from '../comparison/less.ts';
import { abs } from './abs.ts';
import { add } from './add.ts';
import { clipByValue } from './clip-by-value.ts';
import { exp } from './exp.ts';
import { mul } from './multiply.ts';
import { round } from './round.ts';
import { square } from './square.ts';
import { sub } from './sub.ts';

/** 1 - x^2. Its value is that of (1 - x) (1 + x), which is precise near 1; its derivative is that of the square, which is exact. */
export function complementOfSquare(x: Sym): Sym {
  const squared = sub(1, square(x));
  return add(squared, stopGradient(sub(mul(sub(1, x), add(1, x)), squared)));
}

/** Beyond this size of x, 1 + x^2 is x^2 in float32. */
const LARGE = 1e4;

/** `near` for moderate x; `far` for large x, for which squares would overflow or their reciprocals underflow. */
export const bySize = (x: Sym, near: Sym, far: Sym): Sym => select(less(abs(x), LARGE), near, far);

/** The squares of multiples of 1/16 up to this are exact; for larger x, e^(-x^2) is 0. */
const LONGEST = 16;

/**
 * e^(-rate x^2), as e^(-rate h^2) e^(-rate (x - h) (x + h)) with the multiple h of 1/16 next to x, whose square is exact: rounding x^2
 * would cost about x^2 units in the last place. S. L. Moshier's Cephes library, expx2.c.
 */
export function gaussian(x: Sym, rate = 1): Sym {
  const h = mul(round(mul(clipByValue(x, -LONGEST, LONGEST), 16)), 1 / 16);
  return mul(exp(mul(-rate, square(h))), exp(mul(mul(-rate, sub(x, h)), add(x, h))));
}
