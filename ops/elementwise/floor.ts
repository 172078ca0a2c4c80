import { type OpDoc, type Sym, type SymLike, scalar, ZERO } from '../../engine/index.ts';
import { defineUnary, rounded } from './unary.ts';

export const Floor = defineUnary({
  name: 'Floor',
  expr: (x) => scalar.floor(x),
  traits: { idempotent: true },
  gradient: ZERO,
});

/** The largest integer that is at most x, in the dtype of x. */
export const floor = (x: SymLike): Sym => rounded(Floor, x);

export const doc: OpDoc = {
  summary: 'Rounding down.',
  forward: 'y = \\lfloor x \\rfloor',
  gradient: { x: 'zero' },
  source: 'constant between its jumps',
};
