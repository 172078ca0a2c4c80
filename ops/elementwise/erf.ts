import { defineOp, type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { mul } from './multiply.ts';
import { gaussian } from './slopes.ts';
import { float, inferUnary } from './unary.ts';

export const Erf = defineOp({
  name: 'Erf',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x),
  lowering: [{ kind: 'expression', expr: ({ x }) => scalar.erf(x) }, { kind: 'kernel' }],
  traits: { elementwise: true, finiteSlopes: true },
  gradient: { x: ({ x }, { dy }) => mul(dy, mul(2 / Math.sqrt(Math.PI), gaussian(x))) },
});

/** The error function. */
export function erf(x: SymLike): Sym {
  return Erf.node({ x: float(x) });
}

export const doc: OpDoc = {
  summary: 'Error function.',
  forward: 'y = \\tfrac{2}{\\sqrt\\pi} \\int_0^x e^{-t^2} dt',
  gradient: { x: '\\bar y \\odot \\tfrac{2}{\\sqrt\\pi} e^{-x^2}' },
  source: 'DLMF, section 7.10',
};
