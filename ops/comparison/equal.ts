import { defineOp, type OpDoc, type Sym, type SymLike, scalar, ZERO } from '../../engine/index.ts';
import { binary } from '../elementwise/binary.ts';
import { inferComparison } from './comparison.ts';

export const Equal = defineOp({
  name: 'Equal',
  inputs: ['a', 'b'],
  infer: ({ a, b }) => inferComparison(a, b, ['float32', 'int32', 'bool']),
  lowering: [{ kind: 'expression', expr: ({ a, b }) => scalar.eq(a, b) }, { kind: 'kernel' }],
  traits: { elementwise: true, commutative: true },
  gradient: { a: ZERO, b: ZERO },
});

/** Whether a = b, element by element, broadcast. */
export function equal(a: SymLike, b: SymLike): Sym {
  return binary(Equal, a, b);
}

export const doc: OpDoc = {
  summary: 'Whether a = b.',
  forward: 'y = \\mathbb 1(a = b)',
  gradient: { a: 'zero', b: 'zero' },
  source: 'a bool carries no gradient',
};
