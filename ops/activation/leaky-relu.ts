import { attr, defineOp, type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { step } from '../elementwise/step.ts';
import { float, inferUnary } from '../elementwise/unary.ts';

export const LeakyRelu = defineOp({
  name: 'LeakyRelu',
  inputs: ['x'],
  attrs: { alpha: attr.number(0.2) },
  infer: ({ x }) => inferUnary(x),
  lowering: [
    { kind: 'expression', expr: ({ x }, { alpha }) => scalar.select(scalar.lt(x, 0), scalar.mul(x, alpha), x) },
    { kind: 'kernel' },
  ],
  traits: { elementwise: true, finiteSlopes: true },
  // uses y if it has the sign of x, so that x need not be kept
  gradient: { x: ({ x }, { y, dy, attrs: { alpha } }) => mul(dy, step(alpha >= 0 ? y : x, alpha)) },
});

/** x where it is positive, else alpha x. */
export const leakyRelu = (x: SymLike, alpha = 0.2): Sym => LeakyRelu.node({ x: float(x) }, { alpha });

export const doc: OpDoc = {
  summary: 'Leaky rectified linear unit.',
  forward: 'y = \\begin{cases} x & x > 0 \\\\ \\alpha x & x \\le 0 \\end{cases}',
  gradient: { x: '\\bar y \\odot \\begin{cases} 1 & x > 0 \\\\ \\alpha & x \\le 0 \\end{cases}' },
  source:
    'Maas, Hannun, Ng, "Rectifier nonlinearities improve neural network acoustic models" (2013); convention: alpha at 0',
};
