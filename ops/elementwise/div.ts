import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { broadcastTo, defineOp, fillValue, isZeroCotangent, lift, scalar, upcast } from '../../engine/index.ts';
import { conj } from '../complex/conj.ts';
import { add } from './add.ts';
import { binary, inferBinary } from './binary.ts';
import { floorDiv } from './floor-div.ts';
import { mul } from './multiply.ts';
import { neg } from './neg.ts';
import { square } from './square.ts';
import { sub } from './sub.ts';

export const RealDiv = defineOp({
  name: 'RealDiv',
  inputs: ['a', 'b'],
  infer: ({ a, b }) => inferBinary(a, b, ['float32', 'complex64']),
  lowering: [{ kind: 'expression', expr: ({ a, b }) => scalar.div(a, b) }, { kind: 'kernel' }],
  traits: { elementwise: true, linear: ['a'] },
  parts: ({ a, b }) => {
    if (isZeroCotangent(b.im)) return { re: div(a.re, b.re), im: div(a.im, b.re) };
    const norm = add(square(b.re), square(b.im));
    return {
      re: div(add(mul(a.re, b.re), mul(a.im, b.im)), norm),
      im: div(sub(mul(a.im, b.re), mul(a.re, b.im)), norm),
    };
  },
  simplify: ({ a, b }): Sym | undefined =>
    fillValue(b) === 1 ? broadcastTo(a, inferBinary(a, b)[0]!.shape) : undefined,
  gradient: { a: ({ b }, { dy }) => div(dy, conj(b)), b: ({ b }, { y, dy }) => neg(div(mul(dy, conj(y)), conj(b))) },
});

/** a / b, broadcast; for two integers their floorDiv, as in tf. */
export function div(a: SymLike, b: SymLike): Sym {
  const x = lift(a);
  const y = lift(b);
  return upcast(x.dtype, y.dtype) === 'int32' ? floorDiv(x, y) : binary(RealDiv, x, y, 'float32');
}

export const doc: OpDoc = {
  summary: 'Quotient of two values, element by element.',
  forward: 'y = a \\oslash b',
  gradient: { a: '\\bar y \\oslash b^*', b: '-\\bar y \\oslash b^* \\odot y^*' },
  source: 'CSE473, product rule (5.46) and chain rule (5.48)',
};
