import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { mul } from './multiply.ts';
import { gaussian } from './slopes.ts';
import { defineUnary, float } from './unary.ts';

export const Erf = defineUnary({
  name: 'Erf',
  expr: (x) => scalar.erf(x),
  traits: { finiteSlopes: true },
  gradient: ({ x }, { dy }) => mul(dy, mul(2 / Math.sqrt(Math.PI), gaussian(x))),
});

/** The error function. */
export const erf = (x: SymLike): Sym => Erf.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Error function.',
  forward: 'y = \\tfrac{2}{\\sqrt\\pi} \\int_0^x e^{-t^2} dt',
  gradient: { x: '\\bar y \\odot \\tfrac{2}{\\sqrt\\pi} e^{-x^2}' },
  source: 'DLMF, section 7.10',
};
