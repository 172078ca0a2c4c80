/**
 * Derivatives of scalar expressions, in double precision: Taylor polynomials of second order along one input, carried from the
 * leaves to the root. They come of what the op computes, and share nothing with its gradient rules. Where a branch begins, they are
 * those of one side.
 */
import { evaluateScalar, linearizeScalar, type Scalar, type ScalarCall, type ScalarOp } from '../../engine/scalar.ts';

/** A value, its first and its second derivative. */
export type Jet = readonly [value: number, first: number, second: number];

type Unary = (x: number) => Jet;

const SQRT_PI = Math.sqrt(Math.PI);

/** Each function at x with its derivatives, in forms that neither overflow nor cancel where float32 reaches. */
const FUNCTIONS: Readonly<Partial<Record<ScalarOp, Unary>>> = {
  neg: (x) => [-x, -1, 0],
  floor: (x) => [Math.floor(x), 0, 0],
  ceil: (x) => [Math.ceil(x), 0, 0],
  round: (x) => [evaluate('round', x), 0, 0],
  sqrt: (x) => [Math.sqrt(x), 0.5 / Math.sqrt(x), -0.25 / Math.sqrt(x) / x],
  exp: (x) => [Math.exp(x), Math.exp(x), Math.exp(x)],
  expm1: (x) => [Math.expm1(x), Math.exp(x), Math.exp(x)],
  log: (x) => [Math.log(x), positive(x, 1 / x), positive(x, -1 / x / x)],
  log1p: (x) => [Math.log1p(x), positive(1 + x, 1 / (1 + x)), positive(1 + x, -1 / (1 + x) / (1 + x))],
  sin: (x) => [Math.sin(x), Math.cos(x), -Math.sin(x)],
  cos: (x) => [Math.cos(x), -Math.sin(x), -Math.cos(x)],
  tan: (x) => [Math.tan(x), 1 + Math.tan(x) ** 2, 2 * Math.tan(x) * (1 + Math.tan(x) ** 2)],
  asin: (x) => [Math.asin(x), 1 / chord(x), x / chord(x) ** 3],
  acos: (x) => [Math.acos(x), -1 / chord(x), -x / chord(x) ** 3],
  atan: (x) => [Math.atan(x), 1 / (1 + x * x), (-2 * x) / (1 + x * x) ** 2],
  sinh: (x) => [Math.sinh(x), Math.cosh(x), Math.sinh(x)],
  cosh: (x) => [Math.cosh(x), Math.sinh(x), Math.cosh(x)],
  tanh: (x) => [Math.tanh(x), Math.cosh(x) ** -2, -2 * Math.tanh(x) * Math.cosh(x) ** -2],
  asinh: (x) => [Math.asinh(x), 1 / Math.hypot(1, x), -x / Math.hypot(1, x) ** 3],
  acosh: (x) => [Math.acosh(x), 1 / leg(x), -x / leg(x) ** 3],
  atanh: (x) => [Math.atanh(x), inside(x, 1 / chord(x) ** 2), inside(x, (2 * x) / chord(x) ** 4)],
  erf: (x) => {
    const slope = (2 / SQRT_PI) * Math.exp(-x * x);
    return [evaluate('erf', x), slope, -2 * x * slope];
  },
};

const chord = (x: number): number => Math.sqrt((1 - x) * (1 + x));
const leg = (x: number): number => Math.sqrt(x - 1) * Math.sqrt(x + 1);
/** A derivative where the function is defined. */
const positive = (x: number, derivative: number): number => (x >= 0 ? derivative : Number.NaN);
const inside = (x: number, derivative: number): number => (Math.abs(x) <= 1 ? derivative : Number.NaN);

/** The reference evaluator's own value. */
function evaluate(op: ScalarOp, ...values: readonly number[]): number {
  const args = values.map((value) => ({ op: 'const', type: 'f32', value }) as const);
  return evaluateScalar({ op, type: 'f32', args }, [], 0, 'float64');
}

/** 0 takes all of what does not change: 0 times an infinite slope is 0 here. */
const times = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b);

const chain = ([f, f1, f2]: Jet, [, d1, d2]: Jet): Jet => [f, times(f1, d1), times(f2, times(d1, d1)) + times(f1, d2)];
const plus = ([a, a1, a2]: Jet, [b, b1, b2]: Jet): Jet => [a + b, a1 + b1, a2 + b2];
const minus = ([a, a1, a2]: Jet, [b, b1, b2]: Jet): Jet => [a - b, a1 - b1, a2 - b2];
const product = ([a, a1, a2]: Jet, [b, b1, b2]: Jet): Jet => [
  a * b,
  times(a1, b) + times(a, b1),
  times(a2, b) + 2 * times(a1, b1) + times(a, b2),
];
function quotient([a, a1, a2]: Jet, [b, b1, b2]: Jet): Jet {
  const q = a / b;
  const q1 = (a1 - times(q, b1)) / b;
  return [q, q1, (a2 - 2 * times(q1, b1) - times(q, b2)) / b];
}

/** a - b is of that sign on the side where the input is larger (1) or smaller (-1). */
function order([a, a1, a2]: Jet, [b, b1, b2]: Jet, side: number): number {
  return Math.sign(a - b || side * (a1 - b1) || a2 - b2);
}

const isNone = ([a]: Jet): boolean => Number.isNaN(a);
const COMPARISONS: Readonly<Partial<Record<ScalarOp, (sign: number) => boolean>>> = {
  eq: (sign) => sign === 0,
  ne: (sign) => sign !== 0,
  lt: (sign) => sign < 0,
  le: (sign) => sign <= 0,
  gt: (sign) => sign > 0,
  ge: (sign) => sign >= 0,
};

function power(a: Jet, b: Jet): Jet {
  const [[x, x1, x2], [n, n1, n2]] = [a, b];
  const value = x ** n;
  if (n1 === 0 && n2 === 0)
    return chain([value, times(n, x ** (n - 1)), times(n * (n - 1), x ** (n - 2))], [x, x1, x2]);
  // along the exponent, which only a positive base has
  const log = Math.log(x);
  return x > 0
    ? chain([value, times(value, log), times(value, log * log)], [n, n1, n2])
    : [value, Number.NaN, Number.NaN];
}

function angle(a: Jet, b: Jet): Jet {
  const [[y, y1], [x, x1]] = [a, b];
  const square = y * y + x * x;
  const first = (y1 * x - y * x1) / square;
  return [Math.atan2(y, x), first, (-2 * first * (y * y1 + x * x1)) / square];
}

function apply({ op, type, args }: ScalarCall, given: readonly Jet[], side: number): Jet {
  const [a, b, c] = given as [Jet, Jet, Jet];
  const of = FUNCTIONS[op];
  if (of !== undefined) return chain(of(a[0]), a);
  const compares = COMPARISONS[op];
  if (compares !== undefined) {
    const none = isNone(a) || isNone(b);
    // infinities are equal to themselves, and their difference is no number
    const sign = a[0] === b[0] && !Number.isFinite(a[0]) ? 0 : order(a, b, side);
    return [Number(none ? op === 'ne' : compares(sign)), 0, 0];
  }
  switch (op) {
    case 'add':
      return plus(a, b);
    case 'sub':
      return minus(a, b);
    case 'mul':
      return product(a, b);
    case 'div':
      return quotient(a, b);
    case 'abs':
      return order(a, [0, 0, 0], side) < 0 ? [Math.abs(a[0]), -a[1], -a[2]] : [Math.abs(a[0]), a[1], a[2]];
    case 'max':
    case 'min': {
      if (isNone(a) || isNone(b)) return isNone(a) ? a : b;
      const sign = a[0] === b[0] && !Number.isFinite(a[0]) ? 0 : order(a, b, side);
      return (op === 'max' ? sign >= 0 : sign <= 0) ? a : b;
    }
    case 'select':
      return a[0] !== 0 ? b : c;
    case 'pow':
      return power(a, b);
    case 'atan2':
      return angle(a, b);
    case 'mod': {
      const whole = Math.floor(a[0] / b[0]);
      return [evaluate('mod', a[0], b[0]), a[1] - times(whole, b[1]), a[2] - times(whole, b[2])];
    }
    case 'isNaN':
      return [Number(isNone(a)), 0, 0];
    case 'not':
      return [1 - a[0], 0, 0];
    case 'and':
      return [a[0] & b[0], 0, 0];
    case 'or':
      return [a[0] | b[0], 0, 0];
    case 'xor':
      return [a[0] ^ b[0], 0, 0];
    case 'cast':
      return type === 'f32' ? a : [Number(type === 'bool' ? a[0] !== 0 : Math.trunc(a[0])), 0, 0];
    default:
      throw new RangeError(`an expression of floats has no ${op} (of ${args.length})`);
  }
}

/** A value and its derivatives, at inputs, of one side: 1 where the input is larger, -1 where it is smaller. */
export type JetFunction = (inputs: readonly number[], side: 1 | -1) => Jet;

/**
 * The expression with its derivatives along one of its inputs.
 * @param along the position of that input
 * @throws RangeError, when called, for expressions of words
 */
export function jetOf(expr: Scalar, along: number): JetFunction {
  const { nodes, operands } = linearizeScalar([expr]);
  return (inputs, side) => {
    const jets: Jet[] = [];
    nodes.forEach((node, k) => {
      const args = operands[k]!.map((arg) => jets[arg]!);
      if (node.op === 'const') jets.push([node.value, 0, 0]);
      else if (node.op === 'input') jets.push([inputs[node.index]!, node.index === along ? 1 : 0, 0]);
      else if (node.op === 'index') throw new RangeError('an expression of the place has no derivatives');
      else jets.push(apply(node, args, side));
    });
    return jets.at(-1)!;
  };
}
