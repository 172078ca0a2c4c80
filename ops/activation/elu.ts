import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { defineUnary, float } from '../elementwise/unary.ts';
import { eluGrad } from './elu-grad.ts';

export const Elu = defineUnary({
  name: 'Elu',
  expr: (x) => scalar.select(scalar.ge(x, 0), x, scalar.expm1(x)),
  traits: { finiteSlopes: true },
  // uses y, so that x need not be kept: for x < 0, e^x is 1 + y
  gradient: (_inputs, { y, dy }) => eluGrad(dy, y),
});

/** x where it is positive, else e^x - 1. */
export const elu = (x: SymLike): Sym => Elu.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Exponential linear unit.',
  forward: 'y = \\begin{cases} x & x \\ge 0 \\\\ e^x - 1 & x < 0 \\end{cases}',
  gradient: { x: '\\bar y \\odot (1 + \\min(y, 0))' },
  source:
    'Clevert, Unterthiner, Hochreiter, "Fast and accurate deep network learning by exponential linear units" (2015)',
};
