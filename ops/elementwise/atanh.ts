import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { div } from './div.ts';
import { complementOfSquare } from './slopes.ts';
import { defineUnary, float } from './unary.ts';

export const Atanh = defineUnary({
  name: 'Atanh',
  expr: (x) => scalar.atanh(x),
  gradient: ({ x }, { dy }) => div(dy, complementOfSquare(x)),
});

/** The inverse hyperbolic tangent, for x in (-1, 1). */
export const atanh = (x: SymLike): Sym => Atanh.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Inverse hyperbolic tangent.',
  forward: 'y = \\operatorname{artanh} x',
  gradient: { x: '\\bar y \\oslash (1 - x^2)' },
  source: 'DLMF, section 4.38',
};
