import { lift, type OpDoc, type Sym, type SymLike, scalar, ZERO } from '../../engine/index.ts';
import { defineUnary } from './unary.ts';

export const Sign = defineUnary({
  name: 'Sign',
  dtypes: ['float32', 'int32'],
  expr: (x) => scalar.sign(x),
  traits: { idempotent: true },
  gradient: ZERO,
});

/** The sign as -1, 0 or 1, in the dtype of x; NaN for NaN. */
export const sign = (x: SymLike): Sym => Sign.node({ x: lift(x) });

export const doc: OpDoc = {
  summary: 'Sign: -1, 0 or 1.',
  forward: 'y = \\operatorname{sign}(x)',
  gradient: { x: 'zero' },
  source: 'constant on either side of its jump',
};
