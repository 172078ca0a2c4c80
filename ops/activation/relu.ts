import { lift, type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { step } from '../elementwise/step.ts';
import { defineUnary } from '../elementwise/unary.ts';

export const Relu = defineUnary({
  name: 'Relu',
  dtypes: ['float32', 'int32'],
  expr: (x) => scalar.relu(x),
  traits: { idempotent: true, finiteSlopes: true, routes: { x: 'part' } },
  // uses y, so that x need not be kept
  gradient: (_inputs, { y, dy }) => mul(dy, step(y)),
});

/** max(x, 0) */
export const relu = (x: SymLike): Sym => Relu.node({ x: lift(x) });

export const doc: OpDoc = {
  summary: 'Rectified linear unit.',
  forward: 'y = \\max(x, 0)',
  gradient: { x: '\\bar y \\odot \\mathbb 1(y > 0)' },
  source: 'Introductory ML, eqs. (17)-(20); convention: 0 at 0',
};
