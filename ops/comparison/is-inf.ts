import { defineOp, type OpDoc, type Sym, type SymLike, scalar, ZERO } from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import { inferFiniteness } from './comparison.ts';

export const IsInf = defineOp({
  name: 'IsInf',
  inputs: ['x'],
  infer: ({ x }) => inferFiniteness(x),
  lowering: [{ kind: 'expression', expr: ({ x }) => scalar.eq(scalar.abs(x), Infinity) }, { kind: 'kernel' }],
  traits: { elementwise: true },
  gradient: { x: ZERO },
});

/** Whether x is infinite, element by element. */
export function isInf(x: SymLike): Sym {
  return IsInf.node({ x: float(x) });
}

export const doc: OpDoc = {
  summary: 'Whether a value is infinite.',
  forward: 'y = \\mathbb 1(|x| = \\infty)',
  gradient: { x: 'zero' },
  source: 'a bool carries no gradient',
};
