import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { add } from './add.ts';
import { div } from './div.ts';
import { sqrt } from './sqrt.ts';
import { sub } from './sub.ts';
import { defineUnary, float } from './unary.ts';

export const Acosh = defineUnary({
  name: 'Acosh',
  expr: (x) => scalar.acosh(x),
  gradient: ({ x }, { dy }) => div(div(dy, sqrt(sub(x, 1))), sqrt(add(x, 1))),
});

/** The inverse hyperbolic cosine, for x >= 1. */
export const acosh = (x: SymLike): Sym => Acosh.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Inverse hyperbolic cosine.',
  forward: 'y = \\operatorname{arcosh} x',
  gradient: { x: '\\bar y \\oslash \\sqrt{x^2 - 1}' },
  source: 'DLMF, section 4.38',
};
