import { defineComposite, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { sub } from '../elementwise/sub.ts';
import { float, inferUnary } from '../elementwise/unary.ts';
import { sigmoid } from './sigmoid.ts';

export const Silu = defineComposite({
  name: 'Silu',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x),
  lowering: [{ kind: 'composite', expand: ({ x }) => mul(x, sigmoid(x)) }],
  traits: { elementwise: true, finiteSlopes: true },
  gradient: {
    x: ({ x }, { y, dy }) => {
      const s = sigmoid(x);
      return mul(dy, add(s, mul(y, sub(1, s))));
    },
  },
});

/** x sigmoid(x), also called swish. */
export const silu = (x: SymLike): Sym => Silu.node({ x: float(x) });

/** x sigmoid(x), under Keras's name. */
export const swish = (x: SymLike): Sym => silu(x);

export const doc: OpDoc = {
  summary: 'Sigmoid linear unit, or swish.',
  forward: 'y = x \\odot \\sigma(x)',
  gradient: { x: '\\bar y \\odot (\\sigma(x) + y \\odot (1 - \\sigma(x)))' },
  source: 'Elfwing, Uchibe, Doya, "Sigmoid-weighted linear units" (2018)',
};
