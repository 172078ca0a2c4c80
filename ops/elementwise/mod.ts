import { defineOp, type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { binary, inferBinary } from './binary.ts';
import { div } from './div.ts';
import { mul } from './multiply.ts';
import { neg } from './neg.ts';
import { round } from './round.ts';
import { sub } from './sub.ts';

export const Mod = defineOp({
  name: 'Mod',
  inputs: ['a', 'b'],
  infer: ({ a, b }) => inferBinary(a, b, ['float32', 'int32']),
  lowering: [{ kind: 'expression', expr: ({ a, b }) => scalar.mod(a, b) }, { kind: 'kernel' }],
  traits: { elementwise: true },
  gradient: {
    a: (_inputs, { dy }) => dy,
    // floor(a / b), computed as the rounded difference of the quotient and its fraction: floor of a rounded quotient may be 1 too large
    b: ({ a, b }, { y, dy }) => neg(mul(dy, round(sub(div(a, b), div(y, b))))),
  },
});

/** The remainder of a divided by b, with the sign of b, broadcast. */
export const mod = (a: SymLike, b: SymLike): Sym => binary(Mod, a, b, 'int32');

export const doc: OpDoc = {
  summary: 'Remainder of the division rounded down.',
  forward: 'y = a - b \\lfloor a / b \\rfloor',
  gradient: { a: '\\bar y', b: '-\\bar y \\odot \\lfloor a / b \\rfloor' },
  source: 'CSE473, product rule (5.46); jumps where b divides a are ignored',
};
