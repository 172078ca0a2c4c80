import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { mul } from './multiply.ts';
import { defineUnary, float } from './unary.ts';

export const Exp = defineUnary({
  name: 'Exp',
  expr: (x) => scalar.exp(x),
  gradient: (_inputs, { y, dy }) => mul(dy, y),
});

/** e^x */
export const exp = (x: SymLike): Sym => Exp.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Exponential.',
  forward: 'y = e^x',
  gradient: { x: '\\bar y \\odot y' },
  source: 'CSE473, eqs. (5.109)-(5.110); DLMF, section 4.7',
};
