import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { div } from './div.ts';
import { complementOfSquare } from './slopes.ts';
import { sqrt } from './sqrt.ts';
import { defineUnary, float } from './unary.ts';

export const Asin = defineUnary({
  name: 'Asin',
  expr: (x) => scalar.asin(x),
  gradient: ({ x }, { dy }) => div(dy, sqrt(complementOfSquare(x))),
});

/** The angle in [-pi/2, pi/2] whose sine is x. */
export const asin = (x: SymLike): Sym => Asin.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Inverse sine.',
  forward: 'y = \\arcsin x',
  gradient: { x: '\\bar y \\oslash \\sqrt{1 - x^2}' },
  source: 'DLMF, section 4.24',
};
