import {
  defineComposite,
  distinct,
  type OpDoc,
  type SampleOptions,
  type Sym,
  type SymLike,
  sample,
  scalar,
  values,
} from '../../engine/index.ts';
import { abs } from '../elementwise/abs.ts';
import { add } from '../elementwise/add.ts';
import { div } from '../elementwise/div.ts';
import { mul } from '../elementwise/multiply.ts';
import { square } from '../elementwise/square.ts';
import { float, inferUnary, unarySamples } from '../elementwise/unary.ts';

export const Softsign = defineComposite({
  name: 'Softsign',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x),
  lowering: [
    { kind: 'expression', expr: ({ x }) => scalar.div(x, scalar.add(1, scalar.abs(x))) },
    { kind: 'composite', expand: ({ x }) => div(x, add(1, abs(x))) },
  ],
  traits: { elementwise: true, finiteSlopes: true },
  gradient: { x: ({ x }, { dy }) => mul(dy, square(div(1, add(1, abs(x))))) },
});

/** x / (1 + |x|) */
export function softsign(x: SymLike): Sym {
  return Softsign.node({ x: float(x) });
}

export const doc: OpDoc = {
  summary: 'Softsign, a sigmoid with polynomial tails.',
  forward: 'y = x / (1 + |x|)',
  gradient: { x: '\\bar y \\odot (1 + |x|)^{-2}' },
  source:
    'Glorot, Bengio, "Understanding the difficulty of training deep feedforward neural networks" (2010), section 3.1',
};
const options: SampleOptions = { tfjs: null, reference: (tf, [x]) => tf.div(x!, tf.add(1, tf.abs(x!))) };
export const samples = () => [
  sample({ x: distinct(['$n', 3]) }, options),
  ...unarySamples(0.1, 3, options),
  sample({ x: values([-20, -10, 10, 20]) }, { ...options, note: 'saturated' }),
];
