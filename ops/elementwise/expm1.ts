import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { exp } from './exp.ts';
import { mul } from './multiply.ts';
import { defineUnary, float } from './unary.ts';

export const Expm1 = defineUnary({
  name: 'Expm1',
  expr: (x) => scalar.expm1(x),
  gradient: ({ x }, { dy }) => mul(dy, exp(x)),
});

/** e^x - 1, precise near 0. */
export const expm1 = (x: SymLike): Sym => Expm1.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'e^x - 1, exact near 0.',
  forward: 'y = e^x - 1',
  gradient: { x: '\\bar y \\odot e^x' },
  source: 'DLMF, section 4.7',
};
