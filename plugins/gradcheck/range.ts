/**
 * An elementwise op over the whole range of float32, on a backend: its value, and its first and second derivatives by each of its
 * inputs, each element held by itself to double precision. The judge is the op's expression, evaluated and differentiated in float64.
 */
import {
  type AnyOp,
  type Attrs,
  type Backend,
  compile,
  Graph,
  gradients,
  type HostValue,
  loweringOf,
  type Sym,
} from '../../engine/index.ts';
import { hashSeed, hostUniform } from '../../engine/random.ts';
import { evaluateScalar, linearizeScalar, type Scalar, scalar } from '../../engine/scalar.ts';
import { type JetFunction, jetOf } from './jet.ts';
import { mapNames } from './subject.ts';

export interface RangeOptions {
  readonly attrs?: Attrs;
  /** Draws the points beside those that every function has. */
  readonly seed?: number;
  /** How far off an element may be, relative to itself. */
  readonly limit: number;
  /** Whether the device takes subnormal numbers for 0, as GPUs and TensorFlow do. */
  readonly flushes: boolean;
  /** Up to which order: 0 is the value alone. All three by default. */
  readonly order?: Order;
}

/** An element that is not what it should be. */
export interface RangeFault {
  /** 'value', 'gradient by x', 'second derivative by x'. */
  readonly what: string;
  /** The inputs there. */
  readonly at: readonly number[];
  readonly actual: number;
  readonly expected: number;
  readonly error: number;
}

/** A fault in one line. */
export const describeRangeFault = ({ what, at, actual, expected, error }: RangeFault): string =>
  `the ${what} at ${at.join(', ')} is ${actual}, and should be ${expected}: off by ${error.toExponential(1)}`;

/** An op's expression over float32 inputs, or undefined where it is none of floats alone. */
export function floatExpression(op: AnyOp, attrs: Attrs = {}): Scalar | undefined {
  const lowering = loweringOf(op, 'expression');
  if (!op.definition.traits?.elementwise || lowering === undefined) return undefined;
  if (op.slots.length === 0 || op.slots.some(({ kind }) => kind !== 'required')) return undefined;
  try {
    const g = new Graph();
    const [y] = op.nodes(Object.fromEntries(op.slots.map(({ name }) => [name, g.placeholder(name, [])])), attrs);
    const inputs = Object.fromEntries(op.slots.map(({ name }, k) => [name, scalar.input(k)]));
    // what does not fit an integer has no defined value
    return y!.dtype === 'int32' ? undefined : lowering.expr(inputs as never, y!.node.attrs as never);
  } catch {
    return undefined; // its inputs are no floats
  }
}

const SMALLEST_NORMAL = 2 ** -126;
/** What is subnormal on the way may have become 0: derivatives are made of such factors, and of larger ones. */
const FLUSHED = 2 ** -120;
const LARGEST = (2 - 2 ** -23) * 2 ** 127;
/** How far the neighbours are that tell whether a derivative passes through 0 near a point. */
const NEAR = 1 / 8;

/** What is special for every function, what is large and small, and what lies about 1. */
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
  // sines and cosines are smallest next to right angles
  ...Array.from({ length: 50 }, (_, k) => (Math.round(1.8 ** k) * Math.PI) / 2),
];
/** For pairs, which there are more of. */
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
  1,
  1.5,
  2,
  3,
  7.3,
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

/** The constants in an expression, where switches are, and the floats beside them. */
function switches(expr: Scalar): readonly number[] {
  const constants = linearizeScalar([expr]).nodes.flatMap((node) =>
    node.op === 'const' && node.type === 'f32' && Number.isFinite(node.value) && node.value !== 0 ? [node.value] : [],
  );
  return constants.flatMap((value) => [value, nextTo(value, 1), nextTo(value, -1)]);
}

/** Points of one input: in both signs, and as many more of random size as are wanted. */
function pointsOf(magnitudes: readonly number[], extra: readonly number[], seed: number, draws: number): Float32Array {
  const powers = hostUniform(seed, draws, { minval: -44, maxval: 38.4 });
  const sizes = [...magnitudes, ...extra.map(Math.abs), ...Array.from(powers, (p) => 10 ** p)];
  return Float32Array.from([...sizes, ...sizes.map((x) => -x), Number.NaN]);
}

/** Points of all inputs together: pairs of all where there are several. */
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

/** The op's value and its derivatives, by their names, on a backend. */
async function runOn(
  backend: Backend,
  op: AnyOp,
  attrs: Attrs,
  points: readonly Float32Array[],
): Promise<Readonly<Record<string, ArrayLike<number>>>> {
  const g = new Graph();
  const xs = Object.fromEntries(op.slots.map(({ name }) => [name, g.placeholder(name, ['$n'])]));
  const [y] = op.nodes(xs, attrs);
  const wanted: Record<string, Sym> = { [nameOf(0, '')]: y! };
  if (y!.dtype === 'float32') {
    for (const [name, x] of Object.entries(xs)) {
      const first = gradients(y!, x, { unconnected: 'zeros' });
      wanted[nameOf(1, name)] = first;
      wanted[nameOf(2, name)] = gradients(first, x, { unconnected: 'zeros' });
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
const nameOf = (order: Order, input: string): string =>
  order === 0 ? 'value' : order === 1 ? `gradient by ${input}` : `second derivative by ${input}`;

/** What an element should be, and what errors are relative to. */
interface Expected {
  readonly value: number;
  readonly scale: number;
}

const agree = (a: number, b: number): boolean =>
  Object.is(a + 0, b + 0) || Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b));

function valueAt(expr: Scalar, at: readonly number[]): Expected {
  const value = evaluateScalar(expr, at, 0, 'float64');
  return { value, scale: Math.abs(value) };
}

/** A derivative; undefined where there is none, or where sides differ. */
function slopeOf(jets: JetFunction, at: readonly number[], along: number, order: 1 | 2): Expected | undefined {
  const jet = (x: number, side: 1 | -1): number => jets(at.with(along, x), side)[order];
  const x = at[along]!;
  const value = jet(x, 1);
  if (!at.every(Number.isFinite) || Number.isNaN(value) || !agree(value, jet(x, -1))) return undefined;
  // a quotient of subnormal numbers has as few digits as they have, and all that is made of it
  if (at.length > 1 && at.some(isSubnormal)) return undefined;
  // where it passes through 0 nearby, what it is there is its scale
  const around = [jet(x * (1 - NEAR), 1), jet(x * (1 + NEAR), 1)];
  const crosses = Math.min(value, ...around) < 0 && Math.max(value, ...around) > 0;
  return { value, scale: Math.max(...(crosses ? [value, ...around] : [value]).map(Math.abs)) };
}

/** How far off a float32 is, relative to the scale; what float32 cannot hold is an infinity, or near 0. */
function errorOf(actual: number, { value, scale }: Expected, order: Order, { limit, flushes }: RangeOptions): number {
  // at a pole the sign is that of a side
  if (order > 0 && Math.abs(value) === Infinity && Math.abs(actual) === Infinity) return 0;
  if (Number.isNaN(value) || Number.isNaN(actual)) return Number.isNaN(value) === Number.isNaN(actual) ? 0 : Infinity;
  if (Math.abs(value) > LARGEST * (1 - limit) && Math.abs(actual) >= LARGEST && value > 0 === actual > 0) return 0;
  if (flushes && Math.abs(actual - value) <= (order === 0 ? SMALLEST_NORMAL : FLUSHED) * (1 + limit)) return 0;
  return actual === value ? 0 : Math.abs(actual - value) / Math.max(scale, SMALLEST_NORMAL);
}

/** All elements that are farther off than they may be, the farthest first. Nothing for ops that are no functions of floats. */
export async function checkRange(op: AnyOp, backend: Backend, options: RangeOptions): Promise<readonly RangeFault[]> {
  const { attrs = {}, seed = 0, limit, flushes, order: highest = 2 } = options;
  const expr = floatExpression(op, attrs);
  if (expr === undefined) return [];
  const points = gridOf(expr, op.slots.length, seed);
  const results = await runOn(backend, op, attrs, points);
  const faults: RangeFault[] = [];
  for (const order of [0, 1, 2] as const) {
    for (const [along, { name }] of op.slots.entries()) {
      const what = nameOf(order, name);
      const jets = jetOf(expr, along);
      const actual = results[what];
      if (actual === undefined || order > highest || (order === 0 && along > 0)) continue;
      for (let i = 0; i < actual.length; i++) {
        const at = points.map((data) => data[i]!);
        // a subnormal number, or the 0 that a device takes for it
        const readings =
          flushes && at.some(isSubnormal)
            ? [at, ...ZEROS.map((zero) => at.map((x) => (isSubnormal(x) ? zero(x) : x)))]
            : [at];
        const found = readings.map((reading) => {
          const expected = order === 0 ? valueAt(expr, reading) : slopeOf(jets, reading, along, order);
          if (expected === undefined) return { expected: Number.NaN, error: 0 };
          return { expected: expected.value, error: errorOf(actual[i]!, expected, order, options) };
        });
        const best = found.reduce((a, b) => (b.error < a.error ? b : a));
        if (!(best.error <= limit)) faults.push({ what, at, actual: actual[i]!, ...best });
      }
    }
  }
  return faults.sort((a, b) => b.error - a.error);
}

/** What a device may take a subnormal number for. */
const ZEROS = [() => 0, () => -0, (x: number) => x * 0];

const isSubnormal = (x: number): boolean => x !== 0 && Math.abs(x) < SMALLEST_NORMAL;
