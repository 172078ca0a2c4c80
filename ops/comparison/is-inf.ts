import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import { defineFiniteness } from './comparison.ts';

export const IsInf = defineFiniteness('IsInf', (x) => scalar.eq(scalar.abs(x), Infinity));

/** Whether x is infinite, element by element. */
export const isInf = (x: SymLike): Sym => IsInf.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Whether a value is infinite.',
  forward: 'y = \\mathbb 1(|x| = \\infty)',
  gradient: { x: 'zero' },
  source: 'a bool carries no gradient',
};
