import { defineComposite, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { clipByValue } from '../elementwise/clip-by-value.ts';
import { div } from '../elementwise/div.ts';
import { mul } from '../elementwise/multiply.ts';
import { neg } from '../elementwise/neg.ts';
import { square } from '../elementwise/square.ts';
import { tanh } from '../elementwise/tanh.ts';
import { float, inferUnary } from '../elementwise/unary.ts';
import { sigmoid } from './sigmoid.ts';
import { softplus } from './softplus.ts';

export const Mish = defineComposite({
  name: 'Mish',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x),
  lowering: [{ kind: 'composite', expand: ({ x }) => mul(x, tanh(softplus(x))) }],
  traits: { elementwise: true, finiteSlopes: true },
  gradient: {
    x: ({ x }, { dy }) => {
      // with p = sigmoid(x) and q = sigmoid(-x), tanh(softplus(x)) is p (1 + q) / (1 + q^2), which does not cancel near 0 and 1
      const [p, q] = [sigmoid(x), sigmoid(neg(x))];
      const squares = add(1, square(q));
      const t = div(mul(p, add(1, q)), squares);
      const slope = div(mul(mul(4, p), square(q)), square(squares));
      return mul(dy, add(t, mul(clipByValue(x, -SATURATED, SATURATED), slope)));
    },
  },
});

/** Beyond this size of x, the result is x or 0 in float32. */
const SATURATED = 128;

/** x tanh(softplus(x)) */
export const mish = (x: SymLike): Sym => Mish.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Mish, a smooth self-gated activation.',
  forward: 'y = x \\odot t, \\quad t = \\tanh(\\ln(1 + e^x))',
  gradient: { x: '\\bar y \\odot (t + x \\odot (1 - t^2) \\odot \\sigma(x))' },
  source: 'Misra, "Mish: a self regularized non-monotonic activation function" (2019)',
};
