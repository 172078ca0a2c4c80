/** Elementwise ops over random shapes and broadcasts. */
import fc from 'fast-check';
import type { Sym } from '../../../engine/index.ts';
import * as ops from '../../../ops/index.ts';
import { bools, distinct, uniform } from '../../../ops/sample.ts';
import { holds, reader, row, type Shape, shapes, type Tensor, type Tf, tabulate } from '../../support/properties.ts';

/** Where a function is smooth; 'distinct': all but 0 and multiples of 0.1. */
type Domain = readonly [low: number, high: number] | 'distinct';
type Name = keyof typeof ops & string;

const UNARY: Readonly<Partial<Record<Name, Domain>>> = {
  abs: 'distinct',
  acos: [-0.9, 0.9],
  acosh: [1.2, 3],
  asin: [-0.9, 0.9],
  asinh: [-3, 3],
  atan: [-3, 3],
  atanh: [-0.9, 0.9],
  ceil: [0.2, 0.8],
  cos: [-3, 3],
  cosh: [-2, 2],
  elu: 'distinct',
  erf: [-2, 2],
  exp: [-2, 2],
  expm1: [-2, 2],
  floor: [-0.8, -0.2],
  gelu: [-2, 2],
  hardSigmoid: 'distinct',
  hardSwish: 'distinct',
  leakyRelu: 'distinct',
  log: [0.5, 3],
  log1p: [-0.5, 2],
  logSigmoid: [-3, 3],
  mish: [-2, 2],
  neg: [-3, 3],
  reciprocal: [0.5, 2],
  relu: 'distinct',
  relu6: 'distinct',
  round: [-0.4, 0.4],
  rsqrt: [0.5, 3],
  selu: 'distinct',
  sigmoid: [-3, 3],
  sign: 'distinct',
  silu: [-3, 3],
  sin: [-3, 3],
  sinh: [-2, 2],
  softplus: [-3, 3],
  softsign: 'distinct',
  sqrt: [0.5, 3],
  square: [-3, 3],
  step: 'distinct',
  tan: [-1.2, 1.2],
  tanh: [-3, 3],
};

type OfSyms = (...inputs: readonly Sym[]) => Sym;
type OfTensors = (...inputs: readonly Tensor[]) => Tensor;
const functions: Readonly<Record<string, unknown>> = { ...ops };
const ours = (name: string): OfSyms => functions[name] as OfSyms;
/** tfjs's function of the name, if it has one. */
const theirs = (name: string) =>
  (TFJS_HAS_NOT.has(name)
    ? null
    : (tf: Tf, inputs: readonly Tensor[]) => (tf as unknown as Record<string, OfTensors>)[name]!(...inputs)) as
    | ((tf: Tf, inputs: readonly Tensor[]) => Tensor)
    | null;
const TFJS_HAS_NOT = new Set(['gelu', 'hardSigmoid', 'hardSwish', 'mish', 'silu', 'softsign']);

const drawn = (domain: Domain, shape: Shape) =>
  domain === 'distinct' ? distinct(shape, 0.1) : uniform(shape, ...domain);

/** More than XNNPACK takes. */
const MAX_RANK = 8;
/** A shape, and which dims an operand has as 1, and how many of the first it lacks. */
const operand = fc.record({
  ones: fc.array(fc.boolean(), { minLength: MAX_RANK, maxLength: MAX_RANK }),
  lacks: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.nat(MAX_RANK)),
});
const broadcasts = (operands: number): fc.Arbitrary<readonly Shape[]> =>
  fc
    .record({
      shape: shapes(0, MAX_RANK, { elements: 24 }),
      views: fc.array(operand, { minLength: operands, maxLength: operands }),
    })
    .map(({ shape, views }) =>
      views.map(({ ones, lacks }) => shape.map((d, i) => (ones[i] ? 1 : d)).slice(Math.min(lacks, shape.length))),
    );

/** The shape that operands are broadcast to. */
const joint = (operands: readonly Shape[]): Shape => {
  const rank = Math.max(...operands.map((s) => s.length));
  return Array.from(
    { length: rank },
    (_, i) => operands.map((s) => s[i - rank + s.length] ?? 1).find((d) => d !== 1) ?? 1,
  );
};
/** The element of a broadcast operand at an index. */
const broadcastReader = (x: Tensor): ((index: readonly number[]) => number) => {
  const at = reader(x);
  return (index) => at(index.slice(index.length - x.rank).map((i, k) => (x.shape[k] === 1 ? 0 : i)));
};

const BINARY: Readonly<Partial<Record<Name, readonly [a: Domain, b: Domain]>>> = {
  add: [
    [-3, 3],
    [-3, 3],
  ],
  atan2: [
    [0.5, 3],
    [0.5, 3],
  ],
  div: [
    [-3, 3],
    [0.5, 2],
  ],
  divNoNan: [
    [-3, 3],
    [0.5, 2],
  ],
  floorDiv: [
    [2.2, 2.8],
    [1, 1.09],
  ],
  maximum: [
    [-1, 0.4],
    [0.5, 1],
  ],
  minimum: [
    [-1, 0.4],
    [0.5, 1],
  ],
  mod: [
    [2.2, 2.8],
    [1, 1.09],
  ],
  mul: [
    [-3, 3],
    [-3, 3],
  ],
  pow: [
    [0.5, 2],
    [-2, 2],
  ],
  squaredDifference: [
    [-3, 3],
    [-3, 3],
  ],
  sub: [
    [-3, 3],
    [-3, 3],
  ],
};

const COMPARISONS = ['equal', 'greater', 'greaterEqual', 'less', 'lessEqual', 'notEqual'];

describe('properties of elementwise ops', () => {
  holds(
    'unary ops, of any shape',
    fc.record({ op: fc.constantFrom(...Object.keys(UNARY)), shape: shapes(0, MAX_RANK) }),
    ({ op, shape }) => row({ x: drawn(UNARY[op as Name]!, shape) }, ({ x }) => ours(op)(x!), theirs(op)),
    3,
  );
  holds(
    'binary ops, over any broadcast',
    fc.record({ op: fc.constantFrom(...Object.keys(BINARY)), of: broadcasts(2) }),
    ({ op, of: [a, b] }) => {
      const [left, right] = BINARY[op as Name]!;
      return row({ a: drawn(left, a!), b: drawn(right, b!) }, (x) => ours(op)(x.a!, x.b!), theirs(op));
    },
    4,
  );
  holds(
    'maximum and minimum of either operand',
    fc.record({ op: fc.constantFrom('maximum', 'minimum', 'squaredDifference'), of: broadcasts(2) }),
    // the gap of one is no multiple of the other's, so that none meet
    ({ op, of: [a, b] }) =>
      row({ a: distinct(a!, 0.2), b: distinct(b!, 0.26) }, (x) => ours(op)(x.a!, x.b!), theirs(op)),
  );
  holds(
    'comparisons, over any broadcast',
    fc.record({ op: fc.constantFrom(...COMPARISONS), of: broadcasts(2) }),
    ({ op, of: [a, b] }) =>
      row({ a: distinct(a!, 1), b: distinct(b!, 1) }, (x) => ours(op)(x.a!, x.b!), theirs(op), {
        notDifferentiable: 'bools',
      }),
  );
  // not against tf.where, which gives [1] for a scalar that is broadcast to no elements
  holds('where, over any broadcast', broadcasts(3), (operands) => {
    const [condition, a, b] = operands;
    return row(
      { c: bools(condition!), a: uniform(a!), b: uniform(b!) },
      (x) => ops.where(x.c!, x.a!, x.b!),
      (tf, inputs) => {
        const [c, x, y] = inputs.map(broadcastReader);
        return tabulate(tf, joint(operands), (i) => (c!(i) ? x!(i) : y!(i)));
      },
    );
  });
  holds(
    'prelu, with a slope that is broadcast',
    fc.record({ shape: shapes(1, 4, { elements: 24 }), view: operand }),
    ({ shape, view: { ones, lacks } }) => {
      const alpha = shape.map((d, i) => (ones[i] ? 1 : d)).slice(Math.min(lacks, shape.length));
      return row(
        { x: distinct(shape), alpha: uniform(alpha) },
        ({ x, alpha: a }) => ops.prelu(x!, a!),
        (tf, [x, a]) => tf.prelu(x!, a!),
      );
    },
  );
});
