import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { defineUnary, float } from '../elementwise/unary.ts';
import { sigmoid } from './sigmoid.ts';

export const Softplus = defineUnary({
  name: 'Softplus',
  expr: (x) => scalar.softplus(x),
  traits: { finiteSlopes: true },
  gradient: ({ x }, { dy }) => mul(dy, sigmoid(x)),
});

/** ln(1 + e^x), without overflow. */
export const softplus = (x: SymLike): Sym => Softplus.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Softplus, a smooth max(x, 0).',
  forward: 'y = \\ln(1 + e^x)',
  gradient: { x: '\\bar y \\odot \\sigma(x)' },
  source: 'Dugas et al., "Incorporating second-order functional knowledge for better option pricing" (2000)',
};
