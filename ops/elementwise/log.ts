import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { div } from './div.ts';
import { defineUnary, float } from './unary.ts';

export const Log = defineUnary({
  name: 'Log',
  expr: (x) => scalar.log(x),
  gradient: ({ x }, { dy }) => div(dy, x),
});

/** The natural logarithm; -Infinity for 0, NaN for negative x. */
export const log = (x: SymLike): Sym => Log.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Natural logarithm.',
  forward: 'y = \\ln x',
  gradient: { x: '\\bar y \\oslash x' },
  source: 'Auddy, eqs. (6)-(7); DLMF, section 4.7',
};
