import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { div } from './div.ts';
import { mul } from './multiply.ts';
import { defineUnary, float } from './unary.ts';

export const Sqrt = defineUnary({
  name: 'Sqrt',
  expr: (x) => scalar.sqrt(x),
  gradient: (_inputs, { y, dy }) => div(dy, mul(2, y)),
});

/** The square root; its gradient is infinite at 0. */
export const sqrt = (x: SymLike): Sym => Sqrt.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Square root.',
  forward: 'y = \\sqrt x',
  gradient: { x: '\\bar y \\oslash 2 y' },
  source: 'CSE473, eqs. (5.109)-(5.110)',
};
