import { lift, type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { defineUnary } from './unary.ts';

export const Neg = defineUnary({
  name: 'Neg',
  dtypes: ['float32', 'int32', 'complex64'],
  expr: (x) => scalar.neg(x),
  traits: { involution: true, linear: ['x'], partwise: true, finiteSlopes: true },
  gradient: (_inputs, { dy }) => neg(dy),
});

/** -x */
export const neg = (x: SymLike): Sym => Neg.node({ x: lift(x) });

export const doc: OpDoc = {
  summary: 'Negation.',
  forward: 'y = -x',
  gradient: { x: '-\\bar y' },
  source: 'CSE473, sum rule (5.47)',
};
