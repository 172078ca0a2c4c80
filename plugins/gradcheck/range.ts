/**
 * Checks an elementwise op over the whole range of float32 on a backend: its value, and its first and second derivatives by each input,
 * with an error bound for each element. The expected values are those of the op's expression and its derivatives in float64.
 */
import type { AnyOp, Attrs, Backend, HostValue, Sym } from '../../engine/index.ts';
import { compile, expressionOf, Graph, gradients } from '../../engine/index.ts';
import { hashSeed, hostUniform } from '../../engine/random.ts';
import { evaluateScalar } from '../../engine/scalar/evaluate.ts';
import { linearizeScalar, type Scalar } from '../../engine/scalar/expression.ts';
import { type JetFunction, jetOf, type Sides } from './jet.ts';
import { mapNames } from './subject.ts';

export interface RangeOptions {
  readonly attrs?: Attrs;
  /** The seed of random points, which are added to fixed ones. */
  readonly seed?: number;
  /** The largest allowed error of an element, relative to it. */
  readonly limit: number;
  /** From this order on, the errors of elements below 1 are absolute. Default: never. */
  readonly absolute?: number | undefined;
  /** Whether the device treats subnormal numbers as 0, as GPUs and TensorFlow do. */
  readonly flushes: boolean;
}

export interface RangeFault {
  /** 'value', 'gradient by x', 'second derivative by x', 'second derivative by a and b'. */
  readonly what: string;
  /** The inputs of the element. */
  readonly at: readonly number[];
  readonly actual: number;
  readonly expected: number;
  readonly error: number;
}

export const describeRangeFault = ({ what, at, actual, expected, error }: RangeFault): string =>
  `the ${what} at ${at.join(', ')} is ${actual}, and should be ${expected}: off by ${error.toExponential(1)}`;

/** An op's expression with float32 inputs; undefined if it takes other inputs, or its result is int32. */
export function floatExpression(op: AnyOp, attrs: Attrs = {}): Scalar | undefined {
  if (!op.traits.elementwise || op.slots.length === 0 || op.slots.some(({ kind }) => kind !== 'required'))
    return undefined;
  try {
    const g = new Graph();
    const [y] = op.nodes(Object.fromEntries(op.slots.map(({ name }) => [name, g.placeholder(name, [])])), attrs);
    // floats that overflow int32 have no defined result
    return y!.dtype === 'int32' ? undefined : expressionOf(y!.node);
  } catch {
    return undefined; // the op does not take floats
  }
}

const SMALLEST_NORMAL = 2 ** -126;
/** Smaller values may derive from subnormal numbers, which are less precise or treated as 0. */
const SMALL = 2 ** -120;
const LARGEST = (2 - 2 ** -23) * 2 ** 127;
/** The relative distance of the neighbours that tell whether a derivative changes sign near a point. */
const NEAR = 1 / 4;

/** Values that are special for some function, very large and very small ones, and values near 1. */
const MAGNITUDES: readonly number[] = [
  0,
  Infinity,
  2 ** -149,
  1e-40,
  1.1e-38,
  SMALLEST_NORMAL,
  LARGEST,
  3e38,
  ...Array.from({ length: 76 }, (_, k) => 10 ** (k - 37)),
  ...Array.from({ length: 75 }, (_, k) => 3.7 * 10 ** (k - 37)),
  ...Array.from({ length: 24 }, (_, k) => 2 ** (k / 2 - 6)),
  ...Array.from({ length: 24 }, (_, k) => 1 - 2 ** -k),
  ...Array.from({ length: 24 }, (_, k) => 1 + 2 ** -k),
  ...Array.from({ length: 110 }, (_, k) => k + 0.3),
  // sines and cosines are near 0 at multiples of a right angle
  ...Array.from({ length: 50 }, (_, k) => (Math.round(1.8 ** k) * Math.PI) / 2),
];
/** Fewer values, for combinations of several inputs. */
const FEW: readonly number[] = [
  0,
  Infinity,
  2 ** -149,
  1e-38,
  3e-30,
  1e-20,
  1e-10,
  1e-3,
  0.3,
  0.9,
  1,
  1.5,
  2,
  3,
  7.3,
  12,
  20,
  88,
  1e3,
  1e4,
  1e10,
  1e19,
  2e19,
  1e30,
  3e38,
];

const nextTo = (x: number, steps: number): number => {
  const bits = new Int32Array(Float32Array.of(x).buffer);
  bits[0]! += steps;
  return new Float32Array(bits.buffer)[0]!;
};

/** The constants of an expression, at which it may switch branches, and the adjacent floats. */
function switches(expr: Scalar): readonly number[] {
  const constants = linearizeScalar([expr]).nodes.flatMap((node) =>
    node.op === 'const' && node.type === 'f32' && Number.isFinite(node.value) && node.value !== 0 ? [node.value] : [],
  );
  return constants.flatMap((value) => [value, nextTo(value, 1), nextTo(value, -1)]);
}

/** The points of one input: all magnitudes with both signs, and random ones. */
function pointsOf(magnitudes: readonly number[], extra: readonly number[], seed: number, draws: number): Float32Array {
  const powers = hostUniform(seed, draws, { minval: -44, maxval: 38.4 });
  const sizes = [...magnitudes, ...extra.map(Math.abs), ...Array.from(powers, (p) => 10 ** p)];
  return Float32Array.from([...sizes, ...sizes.map((x) => -x), Number.NaN]);
}

/** The points of all inputs; for several inputs, all combinations. */
function gridOf(expr: Scalar, inputs: number, seed: number): readonly Float32Array[] {
  if (inputs === 1) return [pointsOf(MAGNITUDES, switches(expr), seed, 60)];
  const axes = Array.from({ length: inputs }, (_, k) => pointsOf(FEW, switches(expr), hashSeed(seed, `${k}`), 3));
  const count = axes.reduce((n, axis) => n * axis.length, 1);
  let stride = 1;
  return axes.map((axis) => {
    const own = stride;
    stride *= axis.length;
    return Float32Array.from({ length: count }, (_, i) => axis[Math.floor(i / own) % axis.length]!);
  });
}

async function runOn(
  backend: Backend,
  op: AnyOp,
  attrs: Attrs,
  points: readonly Float32Array[],
): Promise<Readonly<Record<string, ArrayLike<number>>>> {
  const g = new Graph();
  const xs = Object.fromEntries(op.slots.map(({ name }) => [name, g.placeholder(name, ['$n'])]));
  const [y] = op.nodes(xs, attrs);
  const wanted: Record<string, Sym> = { [nameOf([])]: y! };
  if (y!.dtype === 'float32') {
    for (const [name, x] of Object.entries(xs)) {
      const first = gradients(y!, x, { unconnected: 'zeros' });
      wanted[nameOf([name])] = first;
      for (const [other, z] of Object.entries(xs))
        wanted[nameOf([name, other])] = gradients(first, z, { unconnected: 'zeros' });
    }
  }
  const program = await compile(wanted, { backend });
  const feeds = Object.keys(xs).map((name, k): [string, HostValue] => {
    const data = points[k]!;
    return [name, { data, shape: [data.length], dtype: 'float32' }];
  });
  try {
    return mapNames(await program.run(Object.fromEntries(feeds)), ({ data }: HostValue) => data);
  } finally {
    program.dispose();
  }
}

type Order = 0 | 1 | 2;
/** The name of a value or a derivative by these inputs. */
const nameOf = (inputs: readonly string[]): string =>
  [['value', 'gradient by', 'second derivative by'][inputs.length]!, [...new Set(inputs)].join(' and ')]
    .filter(Boolean)
    .join(' ');

/** An element's expected value, and what its error is relative to. */
interface Expected {
  readonly value: number;
  readonly scale: number;
}

const agree = (a: number, b: number): boolean =>
  Object.is(a + 0, b + 0) || (Number.isFinite(a - b) && Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b)));

const evaluate = (expr: Scalar, at: readonly number[]): number => evaluateScalar(expr, at, 0, 'float64');

/** The size that errors are relative to: if the value changes sign nearby, the largest magnitude there. */
function scaleOf(value: number, around: readonly number[]): number {
  const crosses = Math.min(value, ...around) < 0 && Math.max(value, ...around) > 0;
  return Math.max(...(crosses ? [value, ...around] : [value]).map(Math.abs));
}

/** Neighbouring points of a point along some inputs. */
const near = (at: readonly number[], along: readonly number[]): readonly (readonly number[])[] =>
  along.flatMap((k) => [1 - NEAR, 1 + NEAR].map((ratio) => at.with(k, at[k]! * ratio)));

/** The expected value. With several inputs it may be a difference, which is imprecise if they are almost equal. */
function valueAt(expr: Scalar, at: readonly number[]): Expected {
  const value = evaluate(expr, at);
  const around = at.length === 1 ? [] : near(at, [...at.keys()]);
  return {
    value,
    scale: scaleOf(
      value,
      around.map((point) => evaluate(expr, point)),
    ),
  };
}

/** The expected derivative by these inputs; undefined if it does not exist, its one-sided values differ, or the function jumps. */
function slopeOf(
  expr: Scalar,
  jets: JetFunction,
  at: readonly number[],
  along: readonly number[],
): Expected | undefined {
  const jet = (point: readonly number[], sides: Sides): number => jets(point, sides)[along.length === 1 ? 1 : 3];
  const value = jet(at, [1, 1]);
  const point = evaluate(expr, at);
  if (!at.every(Number.isFinite) || Number.isNaN(value) || Number.isNaN(point)) return undefined;
  if (!agree(jets(at, [1, 1])[0], point)) return undefined;
  const sides: readonly Sides[] = along[0] === along.at(-1) ? [[-1, -1]] : SIDES;
  if (!sides.every((side) => agree(value, jet(at, side)))) return undefined;
  // results that derive from subnormal numbers are as imprecise as these
  if (at.length > 1 && at.some(isSubnormal)) return undefined;
  return {
    value,
    scale: scaleOf(
      value,
      near(at, along).map((point) => jet(point, [1, 1])),
    ),
  };
}

const SIDES: readonly Sides[] = [
  [-1, -1],
  [1, -1],
  [-1, 1],
];

/** The error of a float32, relative to the scale. Values beyond the range of float32 may become infinite, or nearly 0. */
function errorOf(
  actual: number,
  { value, scale }: Expected,
  order: Order,
  { limit, flushes, absolute = Infinity }: RangeOptions,
): number {
  // at a pole, the sign depends on the side
  if (order > 0 && Math.abs(value) === Infinity && Math.abs(actual) === Infinity) return 0;
  if (Number.isNaN(value) || Number.isNaN(actual)) return Number.isNaN(value) === Number.isNaN(actual) ? 0 : Infinity;
  if (Math.abs(value) > LARGEST * (1 - limit) && Math.abs(actual) >= LARGEST && value > 0 === actual > 0) return 0;
  if (!Number.isFinite(value)) return actual === value ? 0 : Infinity;
  if (flushes && Math.abs(actual - value) <= SMALL) return 0;
  return actual === value ? 0 : Math.abs(actual - value) / Math.max(scale, order >= absolute ? 1 : SMALL);
}

/** All elements with a larger error than allowed, sorted, the largest error first. Empty for ops that are not functions of floats. */
export async function checkRange(op: AnyOp, backend: Backend, options: RangeOptions): Promise<readonly RangeFault[]> {
  const { attrs = {}, seed = 0, limit, flushes } = options;
  const expr = floatExpression(op, attrs);
  if (expr === undefined) return [];
  const points = gridOf(expr, op.slots.length, seed);
  const results = await runOn(backend, op, attrs, points);
  const faults: RangeFault[] = [];
  const inputs = op.slots.map((_, k) => k);
  const wanted = [[], ...inputs.map((k) => [k]), ...inputs.flatMap((k) => inputs.map((l) => [k, l]))];
  for (const along of wanted) {
    const order = along.length as Order;
    const what = nameOf(along.map((k) => op.slots[k]!.name));
    const jets = jetOf(expr, along[0] ?? 0, along.at(-1) ?? 0);
    const actual = results[what];
    if (actual === undefined) continue;
    for (let i = 0; i < actual.length; i++) {
      const at = points.map((data) => data[i]!);
      // devices may read a subnormal number as 0
      const readings =
        flushes && at.some(isSubnormal)
          ? [at, ...ZEROS.map((zero) => at.map((x) => (isSubnormal(x) ? zero(x) : x)))]
          : [at];
      const found = readings.map((reading) => {
        const expected = order === 0 ? valueAt(expr, reading) : slopeOf(expr, jets, reading, along);
        if (expected === undefined) return { expected: Number.NaN, error: 0 };
        return { expected: expected.value, error: errorOf(actual[i]!, expected, order, options) };
      });
      const best = found.reduce((a, b) => (b.error < a.error ? b : a));
      if (!(best.error <= limit)) faults.push({ what, at, actual: actual[i]!, ...best });
    }
  }
  return faults.sort((a, b) => b.error - a.error);
}

/** What a device may read a subnormal number as: 0, -0, or 0 with its sign. */
const ZEROS = [() => 0, () => -0, (x: number) => x * 0];

const isSubnormal = (x: number): boolean => x !== 0 && Math.abs(x) < SMALLEST_NORMAL;
