import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { binary } from '../elementwise/binary.ts';
import { defineComparison } from './comparison.ts';

export const NotEqual = defineComparison({
  name: 'NotEqual',
  dtypes: ['float32', 'int32', 'bool'],
  expr: (a, b) => scalar.ne(a, b),
  commutative: true,
});

/** Whether a and b differ, broadcast. */
export const notEqual = (a: SymLike, b: SymLike): Sym => binary(NotEqual, a, b);

export const doc: OpDoc = {
  summary: 'Whether a is not b.',
  forward: 'y = \\mathbb 1(a \\ne b)',
  gradient: { a: 'zero', b: 'zero' },
  source: 'a bool carries no gradient',
};
