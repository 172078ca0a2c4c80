import { defineOp, integers, type OpDoc, type Sym, type SymLike, sample, scalar, uniform } from '../../engine/index.ts';
import { mul } from './multiply.ts';
import { float, inferUnary, unarySamples } from './unary.ts';

export const Exp = defineOp({
  name: 'Exp',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x),
  lowering: [{ kind: 'expression', expr: ({ x }) => scalar.exp(x) }, { kind: 'kernel' }],
  traits: { elementwise: true },
  gradient: { x: (_inputs, { y, dy }) => mul(dy, y) },
});

/** e^x */
export function exp(x: SymLike): Sym {
  return Exp.node({ x: float(x) });
}

export const doc: OpDoc = {
  summary: 'Exponential.',
  forward: 'y = e^x',
  gradient: { x: '\\bar y \\odot y' },
  source: 'CSE473, eqs. (5.109)-(5.110); DLMF, section 4.7',
};
export const samples = () => [
  ...unarySamples(-2, 2),
  sample({ x: uniform([4], -12, -8) }, { note: 'nearly zero' }),
  sample(
    { x: integers([4], -3, 3) },
    {
      build: ({ x }) => exp(x!),
      reference: (tf, [x]) => tf.exp(tf.cast(x!, 'float32')),
      tfjs: (tf, [x]) => tf.exp(x!),
      notDifferentiable: 'integers',
      note: 'integers are cast',
    },
  ),
];
