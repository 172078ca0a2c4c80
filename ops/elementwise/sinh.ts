import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { cosh } from './cosh.ts';
import { mul } from './multiply.ts';
import { defineUnary, float } from './unary.ts';

export const Sinh = defineUnary({
  name: 'Sinh',
  expr: (x) => scalar.sinh(x),
  gradient: ({ x }, { dy }) => mul(dy, cosh(x)),
});

/** The hyperbolic sine. */
export const sinh = (x: SymLike): Sym => Sinh.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Hyperbolic sine.',
  forward: 'y = \\sinh x',
  gradient: { x: '\\bar y \\odot \\cosh x' },
  source: 'DLMF, section 4.34',
};
