import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { sub } from '../elementwise/sub.ts';
import { defineUnary, float } from '../elementwise/unary.ts';

export const Sigmoid = defineUnary({
  name: 'Sigmoid',
  expr: (x) => scalar.sigmoid(x),
  traits: { finiteSlopes: true },
  gradient: (_inputs, { y, dy }) => mul(dy, mul(y, sub(1, y))),
});

/** 1 / (1 + e^-x) */
export const sigmoid = (x: SymLike): Sym => Sigmoid.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Logistic sigmoid.',
  forward: 'y = \\sigma(x) = 1 / (1 + e^{-x})',
  gradient: { x: '\\bar y \\odot y \\odot (1 - y)' },
  source: 'Auddy, eq. (8)',
};
