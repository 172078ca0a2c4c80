import { defineOp, type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { mul } from './multiply.ts';
import { sinh } from './sinh.ts';
import { float, inferUnary } from './unary.ts';

export const Cosh = defineOp({
  name: 'Cosh',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x),
  lowering: [{ kind: 'expression', expr: ({ x }) => scalar.cosh(x) }, { kind: 'kernel' }],
  traits: { elementwise: true },
  gradient: { x: ({ x }, { dy }) => mul(dy, sinh(x)) },
});

/** The hyperbolic cosine. */
export function cosh(x: SymLike): Sym {
  return Cosh.node({ x: float(x) });
}

export const doc: OpDoc = {
  summary: 'Hyperbolic cosine.',
  forward: 'y = \\cosh x',
  gradient: { x: '\\bar y \\odot \\sinh x' },
  source: 'DLMF, section 4.34',
};
