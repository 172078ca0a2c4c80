import { type OpDoc, type Sym, type SymLike, ZERO, defineOp, integers, lift, sample, scalar, uniform, values } from '../../engine/index.ts';
import { inferUnary } from './unary.ts';

export const Ceil = defineOp({
  name: 'Ceil',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x, ['float32', 'int32']),
  lowering: [{ kind: 'expression', expr: ({ x }) => (x.type === 'i32' ? x : scalar.ceil(x)) }, { kind: 'kernel' }],
  traits: { elementwise: true, idempotent: true },
  simplify: ({ x }) => (x.dtype === 'int32' ? x : undefined),
  gradient: { x: ZERO },
});

/** The smallest integer that is not below x, in the dtype of x. */
export function ceil(x: SymLike): Sym {
  return Ceil.node({ x: lift(x) });
}

export const doc: OpDoc = {
  summary: 'Rounding up.',
  forward: 'y = \\lceil x \\rceil',
  gradient: { x: 'zero' },
  source: 'constant between its jumps',
};
export const samples = [
  sample({ x: uniform(['$n', 3], 0.1, 0.4) }),
  sample({ x: uniform([], -1.9, -1.6) }),
  sample({ x: uniform([0, 2]) }, { note: 'zero elements' }),
  sample({ x: values([-2.5, -1, -0.5, 0, 0.5, 1, 2.5]) }, { notDifferentiable: 'jumps' }),
  sample({ x: integers([4], -5, 5) }, { notDifferentiable: 'integers' }),
];
