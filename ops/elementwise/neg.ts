import { defineOp, lift, type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { inferUnary } from './unary.ts';

export const Neg = defineOp({
  name: 'Neg',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x, ['float32', 'int32', 'complex64']),
  lowering: [{ kind: 'expression', expr: ({ x }) => scalar.neg(x) }, { kind: 'kernel' }],
  traits: { elementwise: true, involution: true, linear: ['x'], partwise: true, finiteSlopes: true },
  gradient: { x: (_inputs, { dy }) => neg(dy) },
});

/** -x */
export function neg(x: SymLike): Sym {
  return Neg.node({ x: lift(x) });
}

export const doc: OpDoc = {
  summary: 'Negation.',
  forward: 'y = -x',
  gradient: { x: '-\\bar y' },
  source: 'CSE473, sum rule (5.47)',
};
