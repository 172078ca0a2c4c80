import { defineOp, type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { binary, inferBinary } from './binary.ts';
import { mul } from './multiply.ts';
import { neg } from './neg.ts';
import { sub } from './sub.ts';

export const SquaredDifference = defineOp({
  name: 'SquaredDifference',
  inputs: ['a', 'b'],
  infer: ({ a, b }) => inferBinary(a, b, ['float32', 'int32']),
  lowering: [{ kind: 'expression', expr: ({ a, b }) => scalar.square(scalar.sub(a, b)) }, { kind: 'kernel' }],
  traits: { elementwise: true, commutative: true, finiteSlopes: true },
  gradient: {
    a: ({ a, b }, { dy }) => mul(dy, mul(2, sub(a, b))),
    b: ({ a, b }, { dy }) => neg(mul(dy, mul(2, sub(a, b)))),
  },
});

/** (a - b)^2, broadcast. */
export const squaredDifference = (a: SymLike, b: SymLike): Sym => binary(SquaredDifference, a, b, 'int32');

export const doc: OpDoc = {
  summary: 'Square of the difference of two values, element by element.',
  forward: 'y = (a - b)^2',
  gradient: { a: '2 \\bar y \\odot (a - b)', b: '-2 \\bar y \\odot (a - b)' },
  source: 'deeplizard, "The first term"',
};
