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

export const Elu = defineOp({
  name: 'Elu',
  inputs: ['x'],
  infer: ({ x }) => inferUnary(x),
  lowering: [
    { kind: 'expression', expr: ({ x }) => scalar.select(scalar.ge(x, 0), x, scalar.expm1(x)) },
    { kind: 'kernel' },
  ],
  traits: { elementwise: true },
  // by y, so that x need not be kept: below 0, e^x is y + 1
  gradient: { x: (_inputs, { y, dy }) => mul(dy, select(greaterEqual(y, 0), 1, add(y, 1))) },
});

/** x where it is positive, else e^x - 1. */
export function elu(x: SymLike): Sym {
  return Elu.node({ x: float(x) });
}

export const doc: OpDoc = {
  summary: 'Exponential linear unit.',
  forward: 'y = \\begin{cases} x & x \\ge 0 \\\\ e^x - 1 & x < 0 \\end{cases}',
  gradient: { x: '\\bar y \\odot \\begin{cases} 1 & y \\ge 0 \\\\ y + 1 & y < 0 \\end{cases}' },
  source:
    'Clevert, Unterthiner, Hochreiter, "Fast and accurate deep network learning by exponential linear units" (2015)',
};
export const samples = [
  sample({ x: distinct(['$n', 3]) }),
  sample({ x: uniform([], -2, -1) }),
  sample({ x: uniform([0, 2]) }, { note: 'zero elements' }),
  sample({ x: values([-30, -10, 10, 30]) }, { note: 'saturated' }),
  sample({ x: values([0]) }, { notDifferentiable: 'the second derivative jumps' }),
];
