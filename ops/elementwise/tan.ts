import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { add } from './add.ts';
import { mul } from './multiply.ts';
import { square } from './square.ts';
import { defineUnary, float } from './unary.ts';

export const Tan = defineUnary({
  name: 'Tan',
  expr: (x) => scalar.tan(x),
  gradient: (_inputs, { y, dy }) => mul(dy, add(1, square(y))),
});

/** The tangent of an angle in radians. */
export const tan = (x: SymLike): Sym => Tan.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Tangent.',
  forward: 'y = \\tan x',
  gradient: { x: '\\bar y \\odot (1 + y^2)' },
  source: 'DLMF, section 4.20',
};
