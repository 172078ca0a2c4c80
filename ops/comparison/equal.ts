import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { binary } from '../elementwise/binary.ts';
import { defineComparison } from './comparison.ts';

export const Equal = defineComparison({
  name: 'Equal',
  dtypes: ['float32', 'int32', 'bool'],
  expr: (a, b) => scalar.eq(a, b),
  commutative: true,
});

/** Whether a = b, broadcast. */
export const equal = (a: SymLike, b: SymLike): Sym => binary(Equal, a, b);

export const doc: OpDoc = {
  summary: 'Whether a = b.',
  forward: 'y = \\mathbb 1(a = b)',
  gradient: { a: 'zero', b: 'zero' },
  source: 'a bool carries no gradient',
};
