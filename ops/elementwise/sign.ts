import { defineOp, lift, type OpDoc, type Sym, type SymLike, scalar, ZERO } from '../../engine/index.ts';
import { inferUnary } from './unary.ts';

export const Sign = defineOp({
  name: 'Sign',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x, ['float32', 'int32']),
  lowering: [{ kind: 'expression', expr: ({ x }) => scalar.sign(x) }, { kind: 'kernel' }],
  traits: { elementwise: true, idempotent: true },
  gradient: { x: ZERO },
});

/** -1, 0 or 1, in the dtype of x; NaN stays. */
export function sign(x: SymLike): Sym {
  return Sign.node({ x: lift(x) });
}

export const doc: OpDoc = {
  summary: 'Sign: -1, 0 or 1.',
  forward: 'y = \\operatorname{sign}(x)',
  gradient: { x: 'zero' },
  source: 'constant on either side of its jump',
};
