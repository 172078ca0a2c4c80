import { lift, type OpDoc, type Sym, type SymLike, scalar, ZERO } from '../../engine/index.ts';
import { defineUnary, isIntegral } from './unary.ts';

export const Round = defineUnary({
  name: 'Round',
  expr: (x) => scalar.round(x),
  traits: { idempotent: true },
  gradient: ZERO,
});

/** The nearest integer, in the dtype of x; ties go to the even one. */
export function round(x: SymLike): Sym {
  const sym = lift(x);
  return isIntegral(sym) ? sym : Round.node({ x: sym });
}

export const doc: OpDoc = {
  summary: 'Rounding to the nearest integer, halves to even.',
  forward: 'y = \\operatorname{round}(x)',
  gradient: { x: 'zero' },
  source: 'constant between its jumps',
};
