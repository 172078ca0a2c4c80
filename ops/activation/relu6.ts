import { lift, type OpDoc, type Sym, type SymLike, scalar } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { step } from '../elementwise/step.ts';
import { sub } from '../elementwise/sub.ts';
import { defineUnary } from '../elementwise/unary.ts';

export const Relu6 = defineUnary({
  name: 'Relu6',
  dtypes: ['float32', 'int32'],
  expr: (x) => scalar.min(scalar.relu(x), 6),
  traits: { idempotent: true, finiteSlopes: true, routes: { x: 'part' } },
  // uses y, so that x need not be kept
  gradient: (_inputs, { y, dy }) => mul(dy, mul(step(y), step(sub(6, y)))),
});

/** min(max(x, 0), 6) */
export const relu6 = (x: SymLike): Sym => Relu6.node({ x: lift(x) });

export const doc: OpDoc = {
  summary: 'Rectified linear unit with a ceiling of 6.',
  forward: 'y = \\min(\\max(x, 0), 6)',
  gradient: { x: '\\bar y \\odot \\mathbb 1(0 < y < 6)' },
  source: 'Krizhevsky, "Convolutional deep belief networks on CIFAR-10" (2010); convention: 0 at 0 and at 6',
};
