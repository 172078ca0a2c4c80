import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import { defineFiniteness } from './comparison.ts';

export const IsFinite = defineFiniteness('IsFinite', (x) => scalar.lt(scalar.abs(x), Infinity));

/** Whether x is neither infinite nor NaN, element by element. */
// biome-ignore lint/suspicious/noShadowRestrictedNames: the name that tf gives it
export const isFinite = (x: SymLike): Sym => IsFinite.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Whether a value is neither infinite nor NaN.',
  forward: 'y = \\mathbb 1(|x| < \\infty)',
  gradient: { x: 'zero' },
  source: 'a bool carries no gradient',
};
