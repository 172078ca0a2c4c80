import { defineOp, type OpDoc, type Sym, type SymLike, scalar, ZERO } from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import { inferFiniteness } from './comparison.ts';

export const IsNan = defineOp({
  name: 'IsNan',
  inputs: ['x'],
  infer: ({ x }) => inferFiniteness(x),
  lowering: [{ kind: 'expression', expr: ({ x }) => scalar.isNaN(x) }, { kind: 'kernel' }],
  traits: { elementwise: true },
  gradient: { x: ZERO },
});

/** Whether x is NaN, element by element. */
// biome-ignore lint/suspicious/noShadowRestrictedNames: the name that tf gives it
export function isNaN(x: SymLike): Sym {
  return IsNan.node({ x: float(x) });
}

export const doc: OpDoc = {
  summary: 'Whether a value is NaN.',
  forward: 'y = \\mathbb 1(x \\text{ is NaN})',
  gradient: { x: 'zero' },
  source: 'a bool carries no gradient',
};
