import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { div } from './div.ts';
import { neg } from './neg.ts';
import { complementOfSquare } from './slopes.ts';
import { sqrt } from './sqrt.ts';
import { defineUnary, float } from './unary.ts';

export const Acos = defineUnary({
  name: 'Acos',
  expr: (x) => scalar.acos(x),
  gradient: ({ x }, { dy }) => neg(div(dy, sqrt(complementOfSquare(x)))),
});

/** The angle in [0, pi] whose cosine is x. */
export const acos = (x: SymLike): Sym => Acos.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Inverse cosine.',
  forward: 'y = \\arccos x',
  gradient: { x: '-\\bar y \\oslash \\sqrt{1 - x^2}' },
  source: 'DLMF, section 4.24',
};
