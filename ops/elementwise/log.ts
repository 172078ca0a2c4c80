import { defineOp, type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { div } from './div.ts';
import { float, inferUnary } from './unary.ts';

export const Log = defineOp({
  name: 'Log',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x),
  lowering: [{ kind: 'expression', expr: ({ x }) => scalar.log(x) }, { kind: 'kernel' }],
  traits: { elementwise: true },
  gradient: { x: ({ x }, { dy }) => div(dy, x) },
});

/** The natural logarithm; -Infinity at 0, NaN below. */
export function log(x: SymLike): Sym {
  return Log.node({ x: float(x) });
}

export const doc: OpDoc = {
  summary: 'Natural logarithm.',
  forward: 'y = \\ln x',
  gradient: { x: '\\bar y \\oslash x' },
  source: 'Auddy, eqs. (6)-(7); DLMF, section 4.7',
};
