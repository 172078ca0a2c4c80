import { defineOp, type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { div } from './div.ts';
import { complementOfSquare } from './slopes.ts';
import { float, inferUnary } from './unary.ts';

export const Atanh = defineOp({
  name: 'Atanh',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x),
  lowering: [{ kind: 'expression', expr: ({ x }) => scalar.atanh(x) }, { kind: 'kernel' }],
  traits: { elementwise: true },
  gradient: { x: ({ x }, { dy }) => div(dy, complementOfSquare(x)) },
});

/** The inverse hyperbolic tangent, of x in (-1, 1). */
export function atanh(x: SymLike): Sym {
  return Atanh.node({ x: float(x) });
}

export const doc: OpDoc = {
  summary: 'Inverse hyperbolic tangent.',
  forward: 'y = \\operatorname{artanh} x',
  gradient: { x: '\\bar y \\oslash (1 - x^2)' },
  source: 'DLMF, section 4.38',
};
