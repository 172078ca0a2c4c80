import { lift, type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { mul } from './multiply.ts';
import { defineUnary } from './unary.ts';

export const Square = defineUnary({
  name: 'Square',
  dtypes: ['float32', 'int32'],
  expr: (x) => scalar.mul(x, x),
  traits: { finiteSlopes: true },
  gradient: ({ x }, { dy }) => mul(dy, mul(2, x)),
});

/** x^2 */
export const square = (x: SymLike): Sym => Square.node({ x: lift(x) });

export const doc: OpDoc = {
  summary: 'Square.',
  forward: 'y = x^2',
  gradient: { x: '\\bar y \\odot 2x' },
  source: 'deeplizard, "The first term"; CSE473, eq. (5.81)',
};
