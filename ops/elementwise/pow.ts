import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { broadcastTo, defineOp, fill, fillValue, scalar, select, stopGradient } from '../../engine/index.ts';
import { greater } from '../comparison/greater.ts';
import { logicalAnd } from '../comparison/logical-and.ts';
import { logicalOr } from '../comparison/logical-or.ts';
import { notEqual } from '../comparison/not-equal.ts';
import { add } from './add.ts';
import { binary, inferBinary } from './binary.ts';
import { log } from './log.ts';
import { minimum } from './minimum.ts';
import { mul } from './multiply.ts';
import { square } from './square.ts';
import { sub } from './sub.ts';
import { gate } from './unary.ts';

export const Pow = defineOp({
  name: 'Pow',
  inputs: ['a', 'b'],
  infer: ({ a, b }) => inferBinary(a, b, ['float32', 'int32']),
  lowering: [{ kind: 'expression', expr: ({ a, b }) => scalar.pow(a, b) }, { kind: 'kernel' }],
  traits: { elementwise: true },
  simplify: ({ a, b }): Sym | undefined => {
    const { dtype, shape } = inferBinary(a, b)[0]!;
    const exponent = fillValue(b);
    if (exponent === 0) return fill(shape, 1, dtype);
    return exponent === 1 ? broadcastTo(a, shape) : undefined;
  },
  gradient: {
    a: ({ a, b }, { dy }) => {
      const exponent = fillValue(b);
      if (exponent !== undefined) return mul(dy, derivative(a, exponent));
      // 0^0 is 1 for every base: its gradient is 0, where b a^(b-1) is 0 * Infinity
      return gate(logicalOr(notEqual(a, 0), notEqual(b, 0)), mul(dy, mul(b, powerOfOneLess(a, b))));
    },
    b: ({ a }, { y, dy }) => gate(greater(a, 0), mul(dy, mul(y, log(a)))),
  },
});

/** a^(b - 1), corrected for the rounding of b - 1 to float32, which matters if a is far from 1. */
function powerOfOneLess(a: Sym, b: Sym): Sym {
  const less = sub(b, 1);
  const lost = sub(b, add(less, 1));
  const matters = logicalAnd(notEqual(lost, 0), greater(a, 0));
  // log(a) of an infinite a would turn the power into NaN
  return mul(pow(a, less), stopGradient(select(matters, add(1, mul(lost, log(minimum(a, LARGEST)))), 1)));
}
/** The largest finite float32. */
const LARGEST = 2 ** 128 - 2 ** 104;

/** The derivative of a^n. */
function derivative(a: Sym, n: number): SymLike {
  if (n === 0 || n === 1) return n;
  const less = Math.fround(n) - 1;
  const isExact = Math.fround(less) === less;
  return mul(n, n === 2 ? a : n === 3 ? square(a) : isExact ? pow(a, less) : powerOfOneLess(a, fill([], n)));
}

/** a to the power b, broadcast. 0^0 is 1. The gradient in b is 0 where a is not positive. */
export const pow = (a: SymLike, b: SymLike): Sym => binary(Pow, a, b, 'int32');

export const doc: OpDoc = {
  summary: 'Power, element by element.',
  forward: 'y = a^b',
  gradient: {
    a: '\\bar y \\odot b \\odot a^{b - 1} \\text{, and } 0 \\text{ where } a = b = 0',
    b: '\\bar y \\odot y \\odot \\ln a \\text{ where } a > 0 \\text{, else } 0',
  },
  source: 'DLMF, section 4.7; convention: the gradient by b is 0 where a is not positive',
};
