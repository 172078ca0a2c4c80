import { defineComposite, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { add } from '../elementwise/add.ts';
import { clipByValue } from '../elementwise/clip-by-value.ts';
import { mul } from '../elementwise/multiply.ts';
import { step } from '../elementwise/step.ts';
import { sub } from '../elementwise/sub.ts';
import { float, inferUnary } from '../elementwise/unary.ts';

export const HardSigmoid = defineComposite({
  name: 'HardSigmoid',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x),
  lowering: [{ kind: 'composite', expand: ({ x }) => clipByValue(add(mul(x, 0.2), 0.5), 0, 1) }],
  traits: { elementwise: true, finiteSlopes: true, routes: { x: 'part' } },
  gradient: { x: (_inputs, { y, dy }) => mul(dy, mul(0.2, mul(step(y), step(sub(1, y))))) },
});

/** 0.2 x + 0.5, clipped to [0, 1], as in Keras 2 and tfjs-layers. */
export const hardSigmoid = (x: SymLike): Sym => HardSigmoid.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Piecewise linear sigmoid.',
  forward: 'y = \\min(\\max(0.2 x + 0.5, 0), 1)',
  gradient: { x: '0.2 \\bar y \\odot \\mathbb 1(0 < y < 1)' },
  source: 'Courbariaux, Bengio, David, "BinaryConnect" (2015), eq. (3), with slope 0.2; convention: 0 at the kinks',
};
