import { lift, type OpDoc, type Sym, type SymLike, scalar, ZERO } from '../../engine/index.ts';
import { defineUnary, isIntegral } from './unary.ts';

export const Floor = defineUnary({
  name: 'Floor',
  expr: (x) => scalar.floor(x),
  traits: { idempotent: true },
  gradient: ZERO,
});

/** The largest integer that is at most x, in the dtype of x. */
export function floor(x: SymLike): Sym {
  const sym = lift(x);
  return isIntegral(sym) ? sym : Floor.node({ x: sym });
}

export const doc: OpDoc = {
  summary: 'Rounding down.',
  forward: 'y = \\lfloor x \\rfloor',
  gradient: { x: 'zero' },
  source: 'constant between its jumps',
};
