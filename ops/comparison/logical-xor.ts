import { defineOp, type OpDoc, type Sym, type SymLike, ZERO } from '../../engine/index.ts';
import { inferComparison, logical } from './comparison.ts';
import { notEqual } from './not-equal.ts';

export const LogicalXor = defineOp({
  name: 'LogicalXor',
  inputs: ['a', 'b'],
  infer: ({ a, b }) => inferComparison(a, b, ['bool']),
  lowering: [{ kind: 'kernel' }, { kind: 'composite', expand: ({ a, b }) => notEqual(a, b) }],
  traits: { elementwise: true, commutative: true },
  gradient: { a: ZERO, b: ZERO },
});

/** Whether exactly one of a and b is true, broadcast. */
export const logicalXor = (a: SymLike, b: SymLike): Sym => logical(LogicalXor, a, b);

export const doc: OpDoc = {
  summary: 'Whether exactly one of both holds.',
  forward: 'y = a \\oplus b',
  gradient: { a: 'zero', b: 'zero' },
  source: 'a bool carries no gradient',
};
