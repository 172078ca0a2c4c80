import { defineComposite, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { mul } from '../elementwise/multiply.ts';
import { neg } from '../elementwise/neg.ts';
import { float, inferUnary } from '../elementwise/unary.ts';
import { sigmoid } from './sigmoid.ts';
import { softplus } from './softplus.ts';

export const LogSigmoid = defineComposite({
  name: 'LogSigmoid',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x),
  lowering: [{ kind: 'composite', expand: ({ x }) => neg(softplus(neg(x))) }],
  traits: { elementwise: true, finiteSlopes: true },
  gradient: { x: ({ x }, { dy }) => mul(dy, sigmoid(neg(x))) },
});

/** ln(sigmoid(x)), without underflow. */
export const logSigmoid = (x: SymLike): Sym => LogSigmoid.node({ x: float(x) });

export const doc: OpDoc = {
  summary: 'Logarithm of the sigmoid.',
  forward: 'y = \\ln \\sigma(x) = -\\ln(1 + e^{-x})',
  gradient: { x: '\\bar y \\odot \\sigma(-x)' },
  source: 'Auddy, eqs. (7)-(8)',
};
