import { defineOp, type OpDoc, type Sym, type SymLike, scalar, ZERO } from '../../engine/index.ts';
import { binary } from '../elementwise/binary.ts';
import { inferComparison } from './comparison.ts';

export const GreaterEqual = defineOp({
  name: 'GreaterEqual',
  inputs: ['a', 'b'],
  infer: ({ a, b }) => inferComparison(a, b, ['float32', 'int32']),
  lowering: [{ kind: 'expression', expr: ({ a, b }) => scalar.ge(a, b) }, { kind: 'kernel' }],
  traits: { elementwise: true },
  gradient: { a: ZERO, b: ZERO },
});

/** Whether a >= b, element by element, broadcast. */
export function greaterEqual(a: SymLike, b: SymLike): Sym {
  return binary(GreaterEqual, a, b, 'int32');
}

export const doc: OpDoc = {
  summary: 'Whether a >= b.',
  forward: 'y = \\mathbb 1(a \\ge b)',
  gradient: { a: 'zero', b: 'zero' },
  source: 'a bool carries no gradient',
};
