import {
  defineOp,
  integers,
  lift,
  type OpDoc,
  type Sym,
  type SymLike,
  sample,
  scalar,
  uniform,
  values,
  ZERO,
} from '../../engine/index.ts';
import { inferUnary, isIntegral } from './unary.ts';

export const Round = defineOp({
  name: 'Round',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x),
  lowering: [{ kind: 'expression', expr: ({ x }) => scalar.round(x) }, { kind: 'kernel' }],
  traits: { elementwise: true, idempotent: true },
  gradient: { x: ZERO },
});

/** The nearest integer, in the dtype of x; halves go to the even one. */
export function round(x: SymLike): Sym {
  const sym = lift(x);
  return isIntegral(sym) ? sym : Round.node({ x: sym });
}

export const doc: OpDoc = {
  summary: 'Rounding to the nearest integer, halves to even.',
  forward: 'y = \\operatorname{round}(x)',
  gradient: { x: 'zero' },
  source: 'constant between its jumps',
};
export const samples = () => [
  sample({ x: uniform(['$n', 3], 0.1, 0.4) }),
  sample({ x: uniform([], -1.9, -1.6) }),
  sample({ x: uniform([0, 2]) }, { note: 'zero elements' }),
  sample({ x: values([-2.5, -1.5, -0.5, 0.5, 1.5, 2.5]) }, { notDifferentiable: 'jumps' }),
  sample(
    { x: integers([4], -5, 5) },
    {
      build: ({ x }) => round(x!),
      reference: (tf, [x]) => tf.clone(x!),
      tfjs: (tf, [x]) => tf.round(x!),
      notDifferentiable: 'integers',
    },
  ),
];
