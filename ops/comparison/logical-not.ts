import { lift, type OpDoc, type Sym, type SymLike, scalar, ZERO } from '../../engine/index.ts';
import { defineUnary } from '../elementwise/unary.ts';

export const LogicalNot = defineUnary({
  name: 'LogicalNot',
  dtypes: ['bool'],
  expr: (x) => scalar.not(x),
  traits: { involution: true },
  gradient: ZERO,
});

/** Whether x is false, element by element. */
export const logicalNot = (x: SymLike): Sym => LogicalNot.node({ x: lift(x, 'bool') });

export const doc: OpDoc = {
  summary: 'Whether a value does not hold.',
  forward: 'y = \\lnot x',
  gradient: { x: 'zero' },
  source: 'a bool carries no gradient',
};
