import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { mul } from './multiply.ts';
import { square } from './square.ts';
import { sub } from './sub.ts';
import { defineUnary, float } from './unary.ts';

export const Tanh = defineUnary({
  name: 'Tanh',
  expr: (x) => scalar.tanh(x),
  traits: { finiteSlopes: true },
  gradient: (_inputs, { y, dy }) => mul(dy, sub(1, square(y))),
});

/** The hyperbolic tangent. */
export const tanh = (x: SymLike): Sym => Tanh.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Hyperbolic tangent.',
  forward: 'y = \\tanh(x)',
  gradient: { x: '\\bar y \\odot (1 - y^2)' },
  source: 'Auddy, eq. (19)',
};
