import { defineOp, lift, type OpDoc, type Sym, type SymLike, scalar, ZERO } from '../../engine/index.ts';
import { inferUnary } from '../elementwise/unary.ts';

export const LogicalNot = defineOp({
  name: 'LogicalNot',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x, ['bool']),
  lowering: [{ kind: 'expression', expr: ({ x }) => scalar.not(x) }, { kind: 'kernel' }],
  traits: { elementwise: true, involution: true },
  gradient: { x: ZERO },
});

/** Whether x does not hold, element by element. */
export function logicalNot(x: SymLike): Sym {
  return LogicalNot.node({ x: lift(x, 'bool') });
}

export const doc: OpDoc = {
  summary: 'Whether a value does not hold.',
  forward: 'y = \\lnot x',
  gradient: { x: 'zero' },
  source: 'a bool carries no gradient',
};
