import { defineOp, lift, type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { mul } from './multiply.ts';
import { inferUnary } from './unary.ts';

export const Square = defineOp({
  name: 'Square',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x, ['float32', 'int32']),
  lowering: [{ kind: 'expression', expr: ({ x }) => scalar.mul(x, x) }, { kind: 'kernel' }],
  traits: { elementwise: true, finiteSlopes: true },
  gradient: { x: ({ x }, { dy }) => mul(dy, mul(2, x)) },
});

/** x^2 */
export function square(x: SymLike): Sym {
  return Square.node({ x: lift(x) });
}

export const doc: OpDoc = {
  summary: 'Square.',
  forward: 'y = x^2',
  gradient: { x: '\\bar y \\odot 2x' },
  source: 'deeplizard, "The first term"; CSE473, eq. (5.81)',
};
