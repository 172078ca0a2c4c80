import { defineComposite, type OpDoc, type Scalar, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { abs } from '../elementwise/abs.ts';
import { add } from '../elementwise/add.ts';
import { div } from '../elementwise/div.ts';
import { maximum } from '../elementwise/maximum.ts';
import { minimum } from '../elementwise/minimum.ts';
import { mul } from '../elementwise/multiply.ts';
import { square } from '../elementwise/square.ts';
import { float, inferUnary } from '../elementwise/unary.ts';

export const Softsign = defineComposite({
  name: 'Softsign',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x),
  lowering: [
    { kind: 'expression', expr: ({ x }) => softsignOf(x) },
    {
      // five kernels instead of the expression's ten, which only its derivatives need
      kind: 'composite',
      expand: ({ x }) => {
        // avoids Infinity / Infinity; clipByValue may lose a NaN
        const finite = maximum(minimum(x, SATURATED), -SATURATED);
        return div(finite, add(1, abs(finite)));
      },
    },
  ],
  traits: { elementwise: true, finiteSlopes: true },
  gradient: { x: ({ x }, { dy }) => mul(dy, square(div(1, add(1, abs(x))))) },
});

/** Beyond this size of x, the result is 1 or -1 in float32. */
const SATURATED = 2 ** 64;

/** Computes values near 1 as 1 - 1 / (1 + |x|), for precise derivatives. */
function softsignOf(x: Scalar): Scalar {
  const size = scalar.abs(x);
  const rest = scalar.reciprocal(scalar.add(1, size));
  const far = scalar.select(scalar.lt(x, 0), scalar.sub(rest, 1), scalar.sub(1, rest));
  return scalar.select(scalar.lt(size, 1), scalar.div(x, scalar.add(1, size)), far);
}

/** x / (1 + |x|) */
export const softsign = (x: SymLike): Sym => Softsign.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Softsign, a sigmoid with polynomial tails.',
  forward: 'y = x / (1 + |x|)',
  gradient: { x: '\\bar y \\odot (1 + |x|)^{-2}' },
  source:
    'Glorot, Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010), section 3.1',
};
