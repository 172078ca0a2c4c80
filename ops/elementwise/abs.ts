import { lift, type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { complexAbs } from '../complex/complex-abs.ts';
import { mul } from './multiply.ts';
import { quotient } from './quotient.ts';
import { sign } from './sign.ts';
import { defineUnary } from './unary.ts';

export const Abs = defineUnary({
  name: 'Abs',
  dtypes: ['float32', 'int32'],
  expr: (x) => scalar.abs(x),
  traits: { idempotent: true, finiteSlopes: true },
  gradient: ({ x }, { y, dy }) => {
    // a factor |x| of dy is replaced by x: x^2 = |x|^2 is smooth at 0, and its higher derivatives become right there
    const slope = quotient(dy, y);
    return slope === undefined ? mul(dy, sign(x)) : mul(slope, x);
  },
});

/** |x|; for a complex value its modulus, a float. */
export function abs(x: SymLike): Sym {
  const sym = lift(x);
  return sym.dtype === 'complex64' ? complexAbs(sym) : Abs.node({ x: sym });
}

export const doc: OpDoc = {
  summary: 'Absolute value.',
  forward: 'y = |x|',
  gradient: { x: '\\bar y \\odot \\operatorname{sign}(x)' },
  source: "Rhodes, the Hadamard product with g'; convention: 0 at 0",
};
