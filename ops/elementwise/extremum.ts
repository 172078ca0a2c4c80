/** What maximum and minimum share. */
import { type Sym, select } from '../../engine/index.ts';
import { mul } from './multiply.ts';
import { unless } from './unary.ts';

/** The cotangent of an operand that is the result but where it `loses`: half of it in a tie. Of a NaN neither loses. */
export const shareTies = (loses: Sym, tie: Sym, dy: Sym): Sym => unless(loses, select(tie, mul(dy, 0.5), dy));
