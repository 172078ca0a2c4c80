import { defineOp, type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { cosh } from './cosh.ts';
import { mul } from './multiply.ts';
import { float, inferUnary } from './unary.ts';

export const Sinh = defineOp({
  name: 'Sinh',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x),
  lowering: [{ kind: 'expression', expr: ({ x }) => scalar.sinh(x) }, { kind: 'kernel' }],
  traits: { elementwise: true },
  gradient: { x: ({ x }, { dy }) => mul(dy, cosh(x)) },
});

/** The hyperbolic sine. */
export function sinh(x: SymLike): Sym {
  return Sinh.node({ x: float(x) });
}

export const doc: OpDoc = {
  summary: 'Hyperbolic sine.',
  forward: 'y = \\sinh x',
  gradient: { x: '\\bar y \\odot \\cosh x' },
  source: 'DLMF, section 4.34',
};
