import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { mul } from './multiply.ts';
import { sinh } from './sinh.ts';
import { defineUnary, float } from './unary.ts';

export const Cosh = defineUnary({
  name: 'Cosh',
  expr: (x) => scalar.cosh(x),
  gradient: ({ x }, { dy }) => mul(dy, sinh(x)),
});

/** The hyperbolic cosine. */
export const cosh = (x: SymLike): Sym => Cosh.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Hyperbolic cosine.',
  forward: 'y = \\cosh x',
  gradient: { x: '\\bar y \\odot \\sinh x' },
  source: 'DLMF, section 4.34',
};
