import { defineOp, type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { cos } from './cos.ts';
import { mul } from './multiply.ts';
import { float, inferUnary } from './unary.ts';

export const Sin = defineOp({
  name: 'Sin',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x),
  lowering: [{ kind: 'expression', expr: ({ x }) => scalar.sin(x) }, { kind: 'kernel' }],
  traits: { elementwise: true, finiteSlopes: true },
  gradient: { x: ({ x }, { dy }) => mul(dy, cos(x)) },
});

/** The sine of an angle in radians. */
export function sin(x: SymLike): Sym {
  return Sin.node({ x: float(x) });
}

export const doc: OpDoc = {
  summary: 'Sine.',
  forward: 'y = \\sin x',
  gradient: { x: '\\bar y \\odot \\cos x' },
  source: 'DLMF, section 4.20',
};
