import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { mul } from './multiply.ts';
import { neg } from './neg.ts';
import { square } from './square.ts';
import { defineUnary, float } from './unary.ts';

export const Reciprocal = defineUnary({
  name: 'Reciprocal',
  expr: (x) => scalar.reciprocal(x),
  gradient: (_inputs, { y, dy }) => neg(mul(dy, square(y))),
});

/** 1 / x */
export const reciprocal = (x: SymLike): Sym => Reciprocal.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Reciprocal.',
  forward: 'y = 1 / x',
  gradient: { x: '-\\bar y \\odot y^2' },
  source: 'CSE473, product rule (5.46)',
};
