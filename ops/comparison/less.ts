import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { binary } from '../elementwise/binary.ts';
import { defineComparison } from './comparison.ts';

export const Less = defineComparison({
  name: 'Less',
  dtypes: ['float32', 'int32'],
  expr: (a, b) => scalar.lt(a, b),
});

/** Whether a < b, broadcast. */
export const less = (a: SymLike, b: SymLike): Sym => binary(Less, a, b, 'int32');

export const doc: OpDoc = {
  summary: 'Whether a < b.',
  forward: 'y = \\mathbb 1(a < b)',
  gradient: { a: 'zero', b: 'zero' },
  source: 'a bool carries no gradient',
};
