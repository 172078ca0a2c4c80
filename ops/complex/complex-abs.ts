import { cast, defineOp, lift, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { abs } from '../elementwise/abs.ts';
import { add } from '../elementwise/add.ts';
import { divNoNan } from '../elementwise/div-no-nan.ts';
import { maximum } from '../elementwise/maximum.ts';
import { minimum } from '../elementwise/minimum.ts';
import { mul } from '../elementwise/multiply.ts';
import { sqrt } from '../elementwise/sqrt.ts';
import { square } from '../elementwise/square.ts';
import { inferUnary } from '../elementwise/unary.ts';

export const ComplexAbs = defineOp({
  name: 'ComplexAbs',
  inputs: ['x'],
  infer: ({ x }) => [{ dtype: 'float32', shape: inferUnary(x, ['complex64'])[0]!.shape }],
  lowering: [{ kind: 'kernel' }],
  traits: { elementwise: true },
  // factors out the larger part, so that no square overflows or underflows
  parts: ({ x }) => {
    const [a, b] = [abs(x.re), abs(x.im)];
    const larger = maximum(a, b);
    return mul(larger, sqrt(add(1, square(divNoNan(minimum(a, b), larger)))));
  },
  gradient: { x: ({ x }, { y, dy }) => mul(cast(divNoNan(dy, y), 'complex64'), x) },
});

/** The modulus |x| of a complex value, a float; `abs` gives the same. @throws DTypeError if x is not complex */
export const complexAbs = (x: SymLike): Sym => ComplexAbs.node({ x: lift(x) });

export const doc: OpDoc = {
  summary: 'Modulus of a complex value.',
  forward: 'y = |z| = \\sqrt{a^2 + b^2}',
  gradient: { x: '\\bar y \\, z / |z|, \\; 0 \\text{ at } 0' },
  source: 'chain rule over both parts; convention: 0 at 0',
};
