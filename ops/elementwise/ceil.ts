import { type OpDoc, type Sym, type SymLike, scalar, ZERO } from '../../engine/index.ts';
import { defineUnary, rounded } from './unary.ts';

export const Ceil = defineUnary({
  name: 'Ceil',
  expr: (x) => scalar.ceil(x),
  traits: { idempotent: true },
  gradient: ZERO,
});

/** The smallest integer that is at least x, in the dtype of x. */
export const ceil = (x: SymLike): Sym => rounded(Ceil, x);

export const doc: OpDoc = {
  summary: 'Rounding up.',
  forward: 'y = \\lceil x \\rceil',
  gradient: { x: 'zero' },
  source: 'constant between its jumps',
};
