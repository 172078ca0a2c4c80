import { lift, type OpDoc, type Sym, type SymLike, scalar, ZERO } from '../../engine/index.ts';
import { defineUnary, isIntegral } from './unary.ts';

export const Ceil = defineUnary({
  name: 'Ceil',
  expr: (x) => scalar.ceil(x),
  traits: { idempotent: true },
  gradient: ZERO,
});

/** The smallest integer that is at least x, in the dtype of x. */
export function ceil(x: SymLike): Sym {
  const sym = lift(x);
  return isIntegral(sym) ? sym : Ceil.node({ x: sym });
}

export const doc: OpDoc = {
  summary: 'Rounding up.',
  forward: 'y = \\lceil x \\rceil',
  gradient: { x: 'zero' },
  source: 'constant between its jumps',
};
