import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { mul } from './multiply.ts';
import { neg } from './neg.ts';
import { sin } from './sin.ts';
import { defineUnary, float } from './unary.ts';

export const Cos = defineUnary({
  name: 'Cos',
  expr: (x) => scalar.cos(x),
  traits: { finiteSlopes: true },
  gradient: ({ x }, { dy }) => neg(mul(dy, sin(x))),
});

/** The cosine of an angle in radians. */
export const cos = (x: SymLike): Sym => Cos.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Cosine.',
  forward: 'y = \\cos x',
  gradient: { x: '-\\bar y \\odot \\sin x' },
  source: 'CSE473, eqs. (5.109)-(5.110)',
};
