import { defineOp, lift, type OpDoc, type Sym, type SymLike, scalar, ZERO } from '../../engine/index.ts';
import { inferBinary } from './binary.ts';

export const BitwiseAnd = defineOp({
  name: 'BitwiseAnd',
  inputs: ['a', 'b'],
  infer: ({ a, b }) => inferBinary(a, b, ['int32']),
  lowering: [{ kind: 'expression', expr: ({ a, b }) => scalar.and(a, b) }, { kind: 'kernel' }],
  traits: { elementwise: true, commutative: true },
  gradient: { a: ZERO, b: ZERO },
});

/** The bitwise and of two integers, broadcast. Literals are int32. @throws DTypeError, ShapeError */
export const bitwiseAnd = (x: SymLike, y: SymLike): Sym =>
  BitwiseAnd.node({ a: lift(x, 'int32'), b: lift(y, 'int32') });

export const doc: OpDoc = {
  summary: 'The bits that two integers have in common.',
  forward: 'y = a \\mathbin{\\&} b',
  gradient: { a: 'zero', b: 'zero' },
  source: 'an integer carries no gradient',
};
