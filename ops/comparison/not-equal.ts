import { defineOp, type OpDoc, type Sym, type SymLike, scalar, ZERO } from '../../engine/index.ts';
import { binary } from '../elementwise/binary.ts';
import { inferComparison } from './comparison.ts';

export const NotEqual = defineOp({
  name: 'NotEqual',
  inputs: ['a', 'b'],
  infer: ({ a, b }) => inferComparison(a, b, ['float32', 'int32', 'bool']),
  lowering: [{ kind: 'expression', expr: ({ a, b }) => scalar.ne(a, b) }, { kind: 'kernel' }],
  traits: { elementwise: true, commutative: true },
  gradient: { a: ZERO, b: ZERO },
});

/** Whether a is not b, element by element, broadcast. */
export function notEqual(a: SymLike, b: SymLike): Sym {
  return binary(NotEqual, a, b);
}

export const doc: OpDoc = {
  summary: 'Whether a is not b.',
  forward: 'y = \\mathbb 1(a \\ne b)',
  gradient: { a: 'zero', b: 'zero' },
  source: 'a bool carries no gradient',
};
