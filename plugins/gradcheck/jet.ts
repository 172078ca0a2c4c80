/**
 * Derivatives of scalar expressions in double precision, by forward mode (hyper-dual numbers: J. A. Fike, J. J. Alonso, "The development of
 * hyper-dual numbers for exact second-derivative calculations", 2011). They derive from the op's expression, independently of its gradient
 * rule. At the boundary of a branch, they are one-sided.
 */
import { evaluateScalar } from '../../engine/scalar/evaluate.ts';
import { linearizeScalar, type Scalar, type ScalarCall, type ScalarOp } from '../../engine/scalar/expression.ts';

/** A value, its derivatives by two inputs, which may be the same, and its second derivative by both. */
export type Jet = readonly [value: number, byFirst: number, bySecond: number, byBoth: number];
/** The sides from which one-sided derivatives approach the inputs: 1 from above, -1 from below. */
export type Sides = readonly [first: 1 | -1, second: 1 | -1];

/** The value, first and second derivative of a function of one argument. */
type Taylor = readonly [value: number, first: number, second: number];
type Unary = (x: number) => Taylor;

const SQRT_PI = Math.sqrt(Math.PI);

/** Each function with its derivatives, in forms that neither overflow nor cancel within the range of float32. */
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
/** A derivative, or NaN outside of the function's domain. */
const positive = (x: number, derivative: number): number => (x >= 0 ? derivative : Number.NaN);
const inside = (x: number, derivative: number): number => (Math.abs(x) <= 1 ? derivative : Number.NaN);

/** The value by the reference evaluator. */
function evaluate(op: ScalarOp, ...values: readonly number[]): number {
  const args = values.map((value) => ({ op: 'const', type: 'f32', value }) as const);
  return evaluateScalar({ op, type: 'f32', args }, [], 0, 'float64');
}

/** A product in which 0 times infinity is 0, since constants do not change. */
const times = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b);

/** The chain rule for a function of one argument. */
const chain = ([f, f1, f2]: Taylor, [, p, q, pq]: Jet): Jet => [
  f,
  times(f1, p),
  times(f1, q),
  times(f2, times(p, q)) + times(f1, pq),
];
const each = (f: (a: number, b: number) => number, a: Jet, b: Jet): Jet =>
  a.map((term, k) => f(term, b[k]!)) as unknown as Jet;
const product = ([a, ap, aq, apq]: Jet, [b, bp, bq, bpq]: Jet): Jet => [
  a * b,
  times(ap, b) + times(a, bp),
  times(aq, b) + times(a, bq),
  times(apq, b) + times(ap, bq) + times(aq, bp) + times(a, bpq),
];
function quotient([a, ap, aq, apq]: Jet, [b, bp, bq, bpq]: Jet): Jet {
  const y = a / b;
  const yp = (ap - times(y, bp)) / b;
  const yq = (aq - times(y, bq)) / b;
  return [y, yp, yq, (apq - times(yp, bq) - times(yq, bp) - times(y, bpq)) / b];
}

/** The inputs change at this ratio, chosen so that values that are equal only at special ratios count as different. */
const RATIO = Math.E / 2;

/** The sign of a - b near the inputs, on the given sides. */
function order([a, ap, aq, apq]: Jet, [b, bp, bq, bpq]: Jet, [p, q]: Sides): number {
  return Math.sign(a - b || p * (ap - bp) + RATIO * q * (aq - bq) || p * q * (apq - bpq));
}

const constant = (value: number): Jet => [value, 0, 0, 0];
const ZERO = constant(0);
const isNone = ([a]: Jet): boolean => Number.isNaN(a);
const COMPARISONS: Readonly<Partial<Record<ScalarOp, (sign: number) => boolean>>> = {
  eq: (sign) => sign === 0,
  ne: (sign) => sign !== 0,
  lt: (sign) => sign < 0,
  le: (sign) => sign <= 0,
  gt: (sign) => sign > 0,
  ge: (sign) => sign >= 0,
};

const isConstant = ([, p, q, pq]: Jet): boolean => p === 0 && q === 0 && pq === 0;

/** The chain rule for a function of two arguments, given its derivatives by the first, the second and both. */
const ofTwo = (value: number, [fx, fxx]: Pair, [fn, fnn]: Pair, fxn: number, x: Jet, n: Jet): Jet => [
  value,
  times(fx, x[1]) + times(fn, n[1]),
  times(fx, x[2]) + times(fn, n[2]),
  times(fxx, times(x[1], x[2])) +
    times(fnn, times(n[1], n[2])) +
    times(fxn, times(x[1], n[2]) + times(x[2], n[1])) +
    times(fx, x[3]) +
    times(fn, n[3]),
];
type Pair = readonly [first: number, second: number];

function power(a: Jet, b: Jet): Jet {
  const [x, n] = [a[0], b[0]];
  const value = x ** n;
  const [first, second] = [times(n, x ** (n - 1)), times(n * (n - 1), x ** (n - 2))];
  if (isConstant(b)) return chain([value, first, second], a);
  // the derivatives by the exponent exist only for a positive base
  const log = x > 0 ? Math.log(x) : Number.NaN;
  const mixed = x ** (n - 1) * (1 + n * log);
  return ofTwo(value, [first, second], [times(value, log), times(value, log * log)], mixed, a, b);
}

function angle(a: Jet, b: Jet): Jet {
  const [y, x] = [a[0], b[0]];
  const square = y * y + x * x;
  const mixed = ((y - x) * (y + x)) / square ** 2;
  const second = (-2 * (x / square) * y) / square;
  return ofTwo(Math.atan2(y, x), [x / square, second], [-y / square, -second], mixed, a, b);
}

function apply({ op, type, args }: ScalarCall, given: readonly Jet[], sides: Sides): Jet {
  const [a, b, c] = given as [Jet, Jet, Jet];
  const of = FUNCTIONS[op];
  if (of !== undefined) return chain(of(a[0]), a);
  const compares = COMPARISONS[op];
  if (compares !== undefined) {
    const none = isNone(a) || isNone(b);
    // equal infinities compare as equal, though their difference is NaN
    const sign = a[0] === b[0] && !Number.isFinite(a[0]) ? 0 : order(a, b, sides);
    return constant(Number(none ? op === 'ne' : compares(sign)));
  }
  switch (op) {
    case 'add':
      return each((x, y) => x + y, a, b);
    case 'sub':
      return each((x, y) => x - y, a, b);
    case 'mul':
      return product(a, b);
    case 'div':
      return quotient(a, b);
    case 'abs':
      return chain([Math.abs(a[0]), order(a, ZERO, sides) < 0 ? -1 : 1, 0], a);
    case 'max':
    case 'min': {
      if (isNone(a) || isNone(b)) return isNone(a) ? a : b;
      const sign = a[0] === b[0] && !Number.isFinite(a[0]) ? 0 : order(a, b, sides);
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
      const [, ...slopes] = each((x, y) => x - times(whole, y), a, b);
      return [evaluate('mod', a[0], b[0]), ...slopes] as unknown as Jet;
    }
    case 'isNaN':
      return constant(Number(isNone(a)));
    case 'not':
      return constant(1 - a[0]);
    case 'and':
      return constant(a[0] & b[0]);
    case 'or':
      return constant(a[0] | b[0]);
    case 'xor':
      return constant(a[0] ^ b[0]);
    case 'cast':
      return type === 'f32' ? a : constant(Number(type === 'bool' ? a[0] !== 0 : Math.trunc(a[0])));
    default:
      throw new RangeError(`an expression of floats has no ${op} (of ${args.length})`);
  }
}

/** Evaluates a value and its one-sided derivatives at inputs. */
export type JetFunction = (inputs: readonly number[], sides: Sides) => Jet;

/**
 * An expression with its derivatives by two inputs, which may be the same.
 * @param first, second indices of these inputs
 * @throws RangeError, when called, for expressions with integer operations or the element's index
 */
export function jetOf(expr: Scalar, first: number, second: number): JetFunction {
  const { nodes, operands } = linearizeScalar([expr]);
  return (inputs, sides) => {
    const jets: Jet[] = [];
    nodes.forEach((node, k) => {
      const args = operands[k]!.map((arg) => jets[arg]!);
      if (node.op === 'const') jets.push(constant(node.value));
      else if (node.op === 'input')
        jets.push([inputs[node.index]!, Number(node.index === first), Number(node.index === second), 0]);
      else if (node.op === 'index') throw new RangeError('an expression of the place has no derivatives');
      else jets.push(apply(node, args, sides));
    });
    return jets.at(-1)!;
  };
}
