import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { defineComparison, logical } from './comparison.ts';

export const LogicalAnd = defineComparison({
  name: 'LogicalAnd',
  dtypes: ['bool'],
  expr: (a, b) => scalar.and(a, b),
  commutative: true,
});

/** Whether a and b are both true, broadcast. */
export const logicalAnd = (a: SymLike, b: SymLike): Sym => logical(LogicalAnd, a, b);

export const doc: OpDoc = {
  summary: 'Whether both hold.',
  forward: 'y = a \\land b',
  gradient: { a: 'zero', b: 'zero' },
  source: 'a bool carries no gradient',
};
