import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import { defineFiniteness } from './comparison.ts';

export const IsNan = defineFiniteness('IsNan', (x) => scalar.isNaN(x));

/** Whether x is NaN, element by element. */
// biome-ignore lint/suspicious/noShadowRestrictedNames: the name that tf gives it
export const isNaN = (x: SymLike): Sym => IsNan.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Whether a value is NaN.',
  forward: 'y = \\mathbb 1(x \\text{ is NaN})',
  gradient: { x: 'zero' },
  source: 'a bool carries no gradient',
};
