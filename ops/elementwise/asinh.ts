import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { abs } from './abs.ts';
import { add } from './add.ts';
import { div } from './div.ts';
import { bySize } from './slopes.ts';
import { sqrt } from './sqrt.ts';
import { square } from './square.ts';
import { defineUnary, float } from './unary.ts';

export const Asinh = defineUnary({
  name: 'Asinh',
  expr: (x) => scalar.asinh(x),
  traits: { finiteSlopes: true },
  gradient: ({ x }, { dy }) => bySize(x, div(dy, sqrt(add(1, square(x)))), div(dy, abs(x))),
});

/** The inverse hyperbolic sine. */
export const asinh = (x: SymLike): Sym => Asinh.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Inverse hyperbolic sine.',
  forward: 'y = \\operatorname{arsinh} x',
  gradient: { x: '\\bar y \\oslash \\sqrt{1 + x^2}' },
  source: 'DLMF, section 4.38',
};
