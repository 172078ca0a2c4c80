import { type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { neg } from '../elementwise/neg.ts';
import { step } from '../elementwise/step.ts';
import { sub } from '../elementwise/sub.ts';
import { defineUnary, float } from '../elementwise/unary.ts';
import { relu } from './relu.ts';

/** Lambda and alpha, for which mean 0 and variance 1 are a fixed point of the map from layer to layer. */
const SCALE = 1.0507009873554805;
const ALPHA = 1.6732632423543772;

export const Selu = defineUnary({
  name: 'Selu',
  expr: (x) => scalar.select(scalar.ge(x, 0), scalar.mul(x, SCALE), scalar.mul(scalar.expm1(x), SCALE * ALPHA)),
  traits: { finiteSlopes: true },
  // uses y, so that x need not be kept: for x < 0, lambda alpha e^x is lambda alpha + y
  gradient: (_inputs, { y, dy }) => mul(dy, sub(mul(SCALE, step(y, ALPHA)), relu(neg(y)))),
});

/** Scaled elu: the activation of self-normalizing networks. */
export const selu = (x: SymLike): Sym => Selu.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Scaled exponential linear unit.',
  forward: 'y = \\lambda \\begin{cases} x & x \\ge 0 \\\\ \\alpha (e^x - 1) & x < 0 \\end{cases}',
  gradient: { x: '\\bar y \\odot \\begin{cases} \\lambda & y > 0 \\\\ y + \\lambda \\alpha & y \\le 0 \\end{cases}' },
  source: 'Klambauer et al., "Self-normalizing neural networks" (2017); convention: lambda alpha at 0',
};
