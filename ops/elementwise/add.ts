import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { defineOp, isZeroCotangent, sameShape, scalar } from '../../engine/index.ts';
import { binary, inferBinary } from './binary.ts';

export const Add = defineOp({
  name: 'Add',
  inputs: ['a', 'b'],
  infer: ({ a, b }) => inferBinary(a, b, ['float32', 'int32', 'complex64']),
  lowering: [{ kind: 'expression', expr: ({ a, b }) => scalar.add(a, b) }, { kind: 'kernel' }],
  traits: { elementwise: true, commutative: true, partwise: true, finiteSlopes: true },
  // only zero cotangents are dropped: a user's -0 + 0 is 0, not -0
  simplify: ({ a, b }): Sym | undefined => {
    if (isZeroCotangent(b) && keepsShape(a, b)) return a;
    return isZeroCotangent(a) && keepsShape(b, a) ? b : undefined;
  },
  gradient: { a: (_inputs, { dy }) => dy, b: (_inputs, { dy }) => dy },
});

const keepsShape = (x: Sym, other: Sym): boolean => other.shape.length === 0 || sameShape(x.shape, other.shape);

/** a + b, broadcast. */
export const add = (a: SymLike, b: SymLike): Sym => binary(Add, a, b, 'int32');

export const doc: OpDoc = {
  summary: 'Sum of two values, element by element.',
  forward: 'y = a + b',
  gradient: { a: '\\bar y', b: '\\bar y' },
  source: 'CSE473, sum rule (5.47)',
};
