import {
  defineComposite,
  type OpDoc,
  type SampleOptions,
  type Sym,
  type SymLike,
  sample,
  scalar,
  values,
} from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { square } from '../elementwise/square.ts';
import { sub } from '../elementwise/sub.ts';
import { tanh } from '../elementwise/tanh.ts';
import { float, inferUnary, unarySamples } from '../elementwise/unary.ts';
import { sigmoid } from './sigmoid.ts';
import { softplus } from './softplus.ts';

export const Mish = defineComposite({
  name: 'Mish',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x),
  lowering: [
    { kind: 'expression', expr: ({ x }) => scalar.mul(x, scalar.tanh(scalar.softplus(x))) },
    { kind: 'composite', expand: ({ x }) => mul(x, tanh(softplus(x))) },
  ],
  traits: { elementwise: true, finiteSlopes: true },
  gradient: {
    x: ({ x }, { dy }) => {
      const t = tanh(softplus(x));
      return mul(dy, add(t, mul(x, mul(sub(1, square(t)), sigmoid(x)))));
    },
  },
});

/** x tanh(softplus(x)) */
export function mish(x: SymLike): Sym {
  return Mish.node({ x: float(x) });
}

export const doc: OpDoc = {
  summary: 'Mish, a smooth self-gated activation.',
  forward: 'y = x \\odot t, \\quad t = \\tanh(\\ln(1 + e^x))',
  gradient: { x: '\\bar y \\odot (t + x \\odot (1 - t^2) \\odot \\sigma(x))' },
  source: 'Misra, "Mish: a self regularized non-monotonic activation function" (2019)',
};
const options: SampleOptions = { tfjs: null, reference: (tf, [x]) => tf.mul(x!, tf.tanh(tf.softplus(x!))) };
export const samples = () => [
  ...unarySamples(-3, 3, options),
  sample({ x: values([-20, -10, 10, 20]) }, { ...options, note: 'saturated' }),
];
