/** The gradient rule that maximum and minimum share. */
import { type Sym, select } from '../../engine/index.ts';
import { mul } from './multiply.ts';
import { unless } from './unary.ts';

/** The cotangent of an operand: 0 where it `loses`, half of dy in a tie, else dy. If an operand is NaN, neither loses. */
export const shareTies = (loses: Sym, tie: Sym, dy: Sym): Sym => unless(loses, select(tie, mul(dy, 0.5), dy));
