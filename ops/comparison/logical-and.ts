import { defineOp, type OpDoc, type Sym, type SymLike, scalar, ZERO } from '../../engine/index.ts';
import { inferComparison, logical } from './comparison.ts';

export const LogicalAnd = defineOp({
  name: 'LogicalAnd',
  inputs: ['a', 'b'],
  infer: ({ a, b }) => inferComparison(a, b, ['bool']),
  lowering: [{ kind: 'expression', expr: ({ a, b }) => scalar.and(a, b) }, { kind: 'kernel' }],
  traits: { elementwise: true, commutative: true },
  gradient: { a: ZERO, b: ZERO },
});

/** Whether both hold, element by element, broadcast. */
export function logicalAnd(a: SymLike, b: SymLike): Sym {
  return logical(LogicalAnd, a, b);
}

export const doc: OpDoc = {
  summary: 'Whether both hold.',
  forward: 'y = a \\land b',
  gradient: { a: 'zero', b: 'zero' },
  source: 'a bool carries no gradient',
};
