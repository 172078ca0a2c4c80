import { defineOp, isZeroCotangent, type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { binary, inferBinary } from './binary.ts';
import { neg } from './neg.ts';

export const Sub = defineOp({
  name: 'Sub',
  inputs: ['a', 'b'],
  infer: ({ a, b }) => inferBinary(a, b, ['float32', 'int32', 'complex64']),
  lowering: [{ kind: 'expression', expr: ({ a, b }) => scalar.sub(a, b) }, { kind: 'kernel' }],
  traits: { elementwise: true, partwise: true, finiteSlopes: true },
  simplify: ({ a, b }) => (isZeroCotangent(b) && b.shape.length === 0 ? a : undefined),
  gradient: { a: (_inputs, { dy }) => dy, b: (_inputs, { dy }) => neg(dy) },
});

/** a - b, broadcast. */
export const sub = (a: SymLike, b: SymLike): Sym => binary(Sub, a, b, 'int32');

export const doc: OpDoc = {
  summary: 'Difference of two values, element by element.',
  forward: 'y = a - b',
  gradient: { a: '\\bar y', b: '-\\bar y' },
  source: 'CSE473, sum rule (5.47)',
};
