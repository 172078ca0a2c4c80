import { defineOp, type OpDoc, type Sym, type SymLike, scalar, ZERO } from '../../engine/index.ts';
import { inferComparison, logical } from './comparison.ts';

export const LogicalOr = defineOp({
  name: 'LogicalOr',
  inputs: ['a', 'b'],
  infer: ({ a, b }) => inferComparison(a, b, ['bool']),
  lowering: [{ kind: 'expression', expr: ({ a, b }) => scalar.or(a, b) }, { kind: 'kernel' }],
  traits: { elementwise: true, commutative: true },
  gradient: { a: ZERO, b: ZERO },
});

/** Whether one of both holds, element by element, broadcast. */
export function logicalOr(a: SymLike, b: SymLike): Sym {
  return logical(LogicalOr, a, b);
}

export const doc: OpDoc = {
  summary: 'Whether one of both holds.',
  forward: 'y = a \\lor b',
  gradient: { a: 'zero', b: 'zero' },
  source: 'a bool carries no gradient',
};
