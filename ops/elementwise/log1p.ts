import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { add } from './add.ts';
import { div } from './div.ts';
import { defineUnary, float } from './unary.ts';

export const Log1p = defineUnary({
  name: 'Log1p',
  expr: (x) => scalar.log1p(x),
  gradient: ({ x }, { dy }) => div(dy, add(1, x)),
});

/** The natural logarithm of 1 + x, precise near 0. */
export const log1p = (x: SymLike): Sym => Log1p.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'ln(1 + x), exact near 0.',
  forward: 'y = \\ln(1 + x)',
  gradient: { x: '\\bar y \\oslash (1 + x)' },
  source: 'DLMF, section 4.7',
};
