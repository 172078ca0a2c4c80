import { defineOp, type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { div } from './div.ts';
import { complementOfSquare } from './slopes.ts';
import { sqrt } from './sqrt.ts';
import { float, inferUnary } from './unary.ts';

export const Asin = defineOp({
  name: 'Asin',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x),
  lowering: [{ kind: 'expression', expr: ({ x }) => scalar.asin(x) }, { kind: 'kernel' }],
  traits: { elementwise: true },
  gradient: { x: ({ x }, { dy }) => div(dy, sqrt(complementOfSquare(x))) },
});

/** The angle in [-pi/2, pi/2] whose sine is x. */
export function asin(x: SymLike): Sym {
  return Asin.node({ x: float(x) });
}

export const doc: OpDoc = {
  summary: 'Inverse sine.',
  forward: 'y = \\arcsin x',
  gradient: { x: '\\bar y \\oslash \\sqrt{1 - x^2}' },
  source: 'DLMF, section 4.24',
};
