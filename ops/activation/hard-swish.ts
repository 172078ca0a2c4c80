import { defineComposite, type OpDoc, type Sym, type SymLike, select } from '../../engine/index.ts';
import { less } from '../comparison/less.ts';
import { abs } from '../elementwise/abs.ts';
import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { step } from '../elementwise/step.ts';
import { float, inferUnary } from '../elementwise/unary.ts';
import { relu6 } from './relu6.ts';

export const HardSwish = defineComposite({
  name: 'HardSwish',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x),
  lowering: [{ kind: 'composite', expand: ({ x }) => mul(x, mul(relu6(add(x, 3)), 1 / 6)) }],
  traits: { elementwise: true, finiteSlopes: true },
  gradient: {
    x: ({ x }, { dy }) => mul(dy, select(less(abs(x), 3), mul(add(mul(2, x), 3), 1 / 6), step(x))),
  },
});

/** x relu6(x + 3) / 6, as in MobileNetV3. */
export const hardSwish = (x: SymLike): Sym => HardSwish.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Piecewise quadratic swish.',
  forward: 'y = x \\odot \\min(\\max(x + 3, 0), 6) / 6',
  gradient: {
    x: '\\bar y \\odot (\\tfrac16 (2x + 3) \\mathbb 1(|x| < 3) + \\mathbb 1(x \\ge 3))',
  },
  source: 'Howard et al., "Searching for MobileNetV3" (2019), section 5.2; convention: 0 at -3, 1 at 3',
};
