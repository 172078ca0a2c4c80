/** An op outside of the library: its definition, its builder, and what it is checked by. */
import type { Sym, SymLike } from 'retrograph';
import { defineComposite, float, inferUnary, type OpDoc, sample, uniform, values } from 'retrograph/engine';
import { abs, add, mul, softplus, sub, tanh } from 'retrograph/ops';

/** log(cosh(x)) = |x| + softplus(-2 |x|) - log 2, where cosh itself would overflow from x = 90 on. */
export const LogCosh = defineComposite({
  name: 'LogCosh',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x),
  // best first: one generated kernel, where a backend can have one; else these ops
  lowering: [{ kind: 'composite', expand: ({ x }) => sub(add(abs(x), softplus(mul(abs(x), -2))), Math.LN2) }],
  traits: { elementwise: true },
  // written by hand: simpler than what the chain rule makes of the composite, and right at 0, where |x| has a kink
  gradient: { x: ({ x }, { dy }) => mul(dy, tanh(x)) },
});

/** log(cosh(x)): like x^2 / 2 near 0, like |x| far away. As a loss, logCosh(sub(prediction, label)) is robust to outliers. */
export function logCosh(x: SymLike): Sym {
  return LogCosh.node({ x: float(x) });
}

export const doc: OpDoc = {
  summary: 'The logarithm of the hyperbolic cosine.',
  forward: 'y = \\ln \\cosh x',
  gradient: { x: '\\bar y \\odot \\tanh x' },
  source: 'DLMF, eq. (4.28.2), and the chain rule',
};

/** tfjs has no such op: its formula in tfjs is the reference. */
const reference = (
  tf: typeof import('@tensorflow/tfjs-core'),
  [x]: readonly import('@tensorflow/tfjs-core').Tensor[],
) => tf.log(tf.cosh(x!));

export const samples = [
  sample({ x: uniform(['$n', 3], -3, 3) }, { reference }),
  sample({ x: uniform([], -3, 3) }, { reference, note: 'a scalar' }),
  sample({ x: uniform([0, 2]) }, { reference, note: 'zero elements' }),
  sample({ x: values([0, 1e-3, -1e-3]) }, { reference, note: 'around 0' }),
  sample(
    { x: values([-300, 300]) },
    { reference: (tf, [x]) => tf.sub(tf.abs(x!), Math.LN2), note: 'where cosh overflows' },
  ),
];
