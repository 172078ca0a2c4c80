import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { binary } from '../elementwise/binary.ts';
import { defineComparison } from './comparison.ts';

export const LessEqual = defineComparison({
  name: 'LessEqual',
  dtypes: ['float32', 'int32'],
  expr: (a, b) => scalar.le(a, b),
});

/** Whether a <= b, broadcast. */
export const lessEqual = (a: SymLike, b: SymLike): Sym => binary(LessEqual, a, b, 'int32');

export const doc: OpDoc = {
  summary: 'Whether a <= b.',
  forward: 'y = \\mathbb 1(a \\le b)',
  gradient: { a: 'zero', b: 'zero' },
  source: 'a bool carries no gradient',
};
