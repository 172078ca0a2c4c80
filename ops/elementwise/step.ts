import { attr, defineOp, type OpDoc, type Sym, type SymLike, scalar, ZERO } from '../../engine/index.ts';
import { float, inferUnary } from './unary.ts';

export const Step = defineOp({
  name: 'Step',
  inputs: ['x'],
  attrs: { alpha: attr.number(0) },
  infer: ({ x }) => inferUnary(x),
  lowering: [
    {
      kind: 'expression',
      expr: ({ x }, { alpha }) =>
        scalar.select(scalar.isNaN(x), x, scalar.select(scalar.gt(x, 0), scalar.constant(1), alpha)),
    },
    { kind: 'kernel' },
  ],
  traits: { elementwise: true },
  gradient: { x: ZERO },
});

/** 1 where x is positive, else alpha; NaN for NaN. */
export const step = (x: SymLike, alpha = 0): Sym => Step.node({ x: float(x) }, { alpha });

export const doc: OpDoc = {
  summary: 'Unit step.',
  forward: 'y = \\begin{cases} 1 & x > 0 \\\\ \\alpha & x \\le 0 \\end{cases}',
  gradient: { x: 'zero' },
  source: 'constant on either side of its jump',
};
