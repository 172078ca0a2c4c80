import { defineOp, type OpDoc, type Sym, type SymLike, scalar, ZERO } from '../../engine/index.ts';
import { binary } from '../elementwise/binary.ts';
import { inferComparison } from './comparison.ts';

export const LessEqual = defineOp({
  name: 'LessEqual',
  inputs: ['a', 'b'],
  infer: ({ a, b }) => inferComparison(a, b, ['float32', 'int32']),
  lowering: [{ kind: 'expression', expr: ({ a, b }) => scalar.le(a, b) }, { kind: 'kernel' }],
  traits: { elementwise: true },
  gradient: { a: ZERO, b: ZERO },
});

/** Whether a <= b, element by element, broadcast. */
export function lessEqual(a: SymLike, b: SymLike): Sym {
  return binary(LessEqual, a, b, 'int32');
}

export const doc: OpDoc = {
  summary: 'Whether a <= b.',
  forward: 'y = \\mathbb 1(a \\le b)',
  gradient: { a: 'zero', b: 'zero' },
  source: 'a bool carries no gradient',
};
