import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { cos } from './cos.ts';
import { mul } from './multiply.ts';
import { defineUnary, float } from './unary.ts';

export const Sin = defineUnary({
  name: 'Sin',
  expr: (x) => scalar.sin(x),
  traits: { finiteSlopes: true },
  gradient: ({ x }, { dy }) => mul(dy, cos(x)),
});

/** The sine of an angle in radians. */
export const sin = (x: SymLike): Sym => Sin.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Sine.',
  forward: 'y = \\sin x',
  gradient: { x: '\\bar y \\odot \\cos x' },
  source: 'DLMF, section 4.20',
};
