import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { defineComparison, logical } from './comparison.ts';

export const LogicalOr = defineComparison({
  name: 'LogicalOr',
  dtypes: ['bool'],
  expr: (a, b) => scalar.or(a, b),
  commutative: true,
});

/** Whether a or b, or both, are true, broadcast. */
export const logicalOr = (a: SymLike, b: SymLike): Sym => logical(LogicalOr, a, b);

export const doc: OpDoc = {
  summary: 'Whether one of both holds.',
  forward: 'y = a \\lor b',
  gradient: { a: 'zero', b: 'zero' },
  source: 'a bool carries no gradient',
};
