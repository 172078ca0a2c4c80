import {
  defineOp,
  distinct,
  type OpDoc,
  type Sym,
  type SymLike,
  sample,
  scalar,
  select,
  uniform,
  values,
} from '../../engine/index.ts';
import { greaterEqual } from '../comparison/greater-equal.ts';
import { add } from '../elementwise/add.ts';
import { mul } from '../elementwise/multiply.ts';
import { float, inferUnary } from '../elementwise/unary.ts';

/** Mean 0 and variance 1 of a layer's inputs are a fixed point with these: lambda, and lambda alpha. */
const SCALE = 1.0507009873554805;
const SCALE_ALPHA = 1.7580993408473768;

export const Selu = defineOp({
  name: 'Selu',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x),
  lowering: [
    {
      kind: 'expression',
      expr: ({ x }) => scalar.select(scalar.ge(x, 0), scalar.mul(x, SCALE), scalar.mul(scalar.expm1(x), SCALE_ALPHA)),
    },
    { kind: 'kernel' },
  ],
  traits: { elementwise: true },
  // by y, so that x need not be kept: below 0, lambda alpha e^x is y + lambda alpha
  gradient: { x: (_inputs, { y, dy }) => mul(dy, select(greaterEqual(y, 0), SCALE, add(y, SCALE_ALPHA))) },
});

/** Scaled elu: the activation of self-normalizing networks. */
export function selu(x: SymLike): Sym {
  return Selu.node({ x: float(x) });
}

export const doc: OpDoc = {
  summary: 'Scaled exponential linear unit.',
  forward: 'y = \\lambda \\begin{cases} x & x \\ge 0 \\\\ \\alpha (e^x - 1) & x < 0 \\end{cases}',
  gradient: { x: '\\bar y \\odot \\begin{cases} \\lambda & y \\ge 0 \\\\ y + \\lambda \\alpha & y < 0 \\end{cases}' },
  source: 'Klambauer et al., "Self-normalizing neural networks" (2017); convention: lambda at 0',
};
export const samples = [
  sample({ x: distinct(['$n', 3]) }),
  sample({ x: uniform([], -2, -1) }),
  sample({ x: uniform([0, 2]) }, { note: 'zero elements' }),
  sample({ x: values([-30, -10, 10, 30]) }, { note: 'saturated' }),
  sample({ x: values([0]) }, { notDifferentiable: 'a kink' }),
];
