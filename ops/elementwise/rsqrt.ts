import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { mul } from './multiply.ts';
import { square } from './square.ts';
import { defineUnary, float } from './unary.ts';

export const Rsqrt = defineUnary({
  name: 'Rsqrt',
  expr: (x) => scalar.rsqrt(x),
  gradient: (_inputs, { y, dy }) => mul(dy, mul(-0.5, mul(y, square(y)))),
});

/** 1 / sqrt(x) */
export const rsqrt = (x: SymLike): Sym => Rsqrt.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Reciprocal of the square root.',
  forward: 'y = x^{-1/2}',
  gradient: { x: '-\\tfrac12 \\bar y \\odot y^3' },
  source: 'CSE473, chain rule (5.48)',
};
