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

export const Floor = defineOp({
  name: 'Floor',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x),
  lowering: [{ kind: 'expression', expr: ({ x }) => scalar.floor(x) }, { kind: 'kernel' }],
  traits: { elementwise: true, idempotent: true },
  gradient: { x: ZERO },
});

/** The largest integer that is not above x, in the dtype of x. */
export function floor(x: SymLike): Sym {
  const sym = lift(x);
  return isIntegral(sym) ? sym : Floor.node({ x: sym });
}

export const doc: OpDoc = {
  summary: 'Rounding down.',
  forward: 'y = \\lfloor x \\rfloor',
  gradient: { x: 'zero' },
  source: 'constant between its jumps',
};
export const samples = () => [
  sample({ x: uniform(['$n', 3], 0.1, 0.4) }),
  sample({ x: uniform([], -1.9, -1.6) }),
  sample({ x: uniform([0, 2]) }, { note: 'zero elements' }),
  sample({ x: values([-2.5, -1, -0.5, 0, 0.5, 1, 2.5]) }, { notDifferentiable: 'jumps' }),
  sample(
    { x: integers([4], -5, 5) },
    {
      build: ({ x }) => floor(x!),
      reference: (tf, [x]) => tf.clone(x!),
      tfjs: (tf, [x]) => tf.floor(x!),
      notDifferentiable: 'integers',
    },
  ),
];
