/**
 * Scalar expressions: what an elementwise op computes for one element, as plain data.
 *
 * An expression is an immutable tree of typed nodes (a DAG, where it shares subtrees). Backends with an emitter make
 * kernels of it; the evaluator here is the reference that they are held to, and folds constants without a device.
 * It generates no source text, so it runs under any content security policy.
 *
 * Where hardware differs, the reference decides:
 * - i32 and u32 wrap. An integer divided by zero is 0, and so is its remainder. Integer division truncates.
 * - shift and rotation distances count modulo 32; shiftRight repeats the sign of an i32.
 * - cast: float to int truncates towards zero and saturates, NaN becomes 0; i32 to u32 and back keeps the bits;
 *   anything to bool is x != 0.
 * - min and max of a NaN are NaN. 1 to the power of a NaN is 1. `mod` has the divisor's sign, `round` takes halves to even, as in tf.
 */
import type { DType } from './types.ts';

export type ScalarType = 'f32' | 'i32' | 'u32' | 'bool';

/** The scalar type of a tensor's elements; complex numbers have none. */
export const SCALAR_TYPES: Readonly<Partial<Record<DType, ScalarType>>> = {
  float32: 'f32',
  int32: 'i32',
  bool: 'bool',
};

/** The value of the k-th input at this element. */
export interface ScalarInput {
  readonly op: 'input';
  readonly type: ScalarType;
  readonly index: number;
}

/** A bool is 0 or 1. An f32 keeps all digits of its number; float32 evaluation rounds it. */
export interface ScalarConst {
  readonly op: 'const';
  readonly type: ScalarType;
  readonly value: number;
}

/** The element's index in the flattened output. */
export interface ScalarIndex {
  readonly op: 'index';
  readonly type: 'u32';
}

export interface ScalarCall {
  readonly op: ScalarOp;
  readonly type: ScalarType;
  readonly args: readonly Scalar[];
}

export type Scalar = ScalarInput | ScalarConst | ScalarIndex | ScalarCall;

/** A literal stands for a constant of the other operands' type. */
export type ScalarLike = Scalar | number | boolean;

// --- The ops: what each takes, and its reference, a loop over registers.
//
// A register holds one value per element of a block, in an array of the value's type. Storing into it is what rounds
// (Float32Array) and wraps (Int32Array, Uint32Array), so most loops serve every type.

type Register = Float64Array | Float32Array | Int32Array | Uint32Array | Uint8Array;
type Loop = (out: Register, n: number, a: Register, b: Register, c: Register) => void;

interface OpSpec {
  readonly arity: number;
  /** The operands have one of these types, all the same one (but for select's condition). */
  readonly takes: readonly ScalarType[];
  /** The operands' type unless said. */
  readonly gives?: ScalarType;
  readonly loop: Loop;
  /** Types whose values one loop cannot serve alike. */
  readonly loops?: Partial<Record<ScalarType, Loop>> | undefined;
}

const FLOAT = ['f32'] as const;
const INT = ['i32'] as const;
const WORD = ['u32', 'i32'] as const;
const SIGNED = ['f32', 'i32'] as const;
const NUMBER = ['f32', 'i32', 'u32'] as const;
const BITS = ['bool', 'u32', 'i32'] as const;
const ANY = ['f32', 'i32', 'u32', 'bool'] as const;

export const isScalarType = (x: unknown): x is ScalarType => ANY.includes(x as ScalarType);

/** A function of one number, or of two, over registers. What is used most has loops of its own, without calls. */
const map =
  (f: (a: number) => number): Loop =>
  (out, n, a) => {
    for (let i = 0; i < n; i++) out[i] = f(a[i]!);
  };
const zip =
  (f: (a: number, b: number) => number): Loop =>
  (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = f(a[i]!, b[i]!);
  };

type Loops = OpSpec['loops'];
type Types = OpSpec['takes'];
const unary = (takes: Types, loop: Loop, loops?: Loops): OpSpec => ({ arity: 1, takes, loop, loops });
const binary = (takes: Types, loop: Loop, loops?: Loops): OpSpec => ({ arity: 2, takes, loop, loops });
const comparison = (takes: Types, loop: Loop): OpSpec => ({ arity: 2, takes, gives: 'bool', loop });
const float = (f: (a: number) => number): OpSpec => unary(FLOAT, map(f));

const multiplyWords: Loop = (out, n, a, b) => {
  for (let i = 0; i < n; i++) out[i] = Math.imul(a[i]!, b[i]!);
};
const isNonZero: Loop = (out, n, a) => {
  for (let i = 0; i < n; i++) out[i] = a[i] === 0 ? 0 : 1;
};
const copy: Loop = (out, n, a) => {
  for (let i = 0; i < n; i++) out[i] = a[i]!;
};
const saturate =
  (low: number, high: number): Loop =>
  (out, n, a) => {
    for (let i = 0; i < n; i++) out[i] = Math.min(Math.max(a[i]!, low), high);
  };

const OPS = {
  add: binary(NUMBER, (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! + b[i]!;
  }),
  sub: binary(NUMBER, (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! - b[i]!;
  }),
  mul: binary(
    NUMBER,
    (out, n, a, b) => {
      for (let i = 0; i < n; i++) out[i] = a[i]! * b[i]!;
    },
    { i32: multiplyWords, u32: multiplyWords },
  ),
  div: binary(NUMBER, (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! / b[i]!;
  }),
  floorDiv: binary(
    INT,
    zip((a, b) => Math.floor(a / b)),
  ),
  mod: binary(NUMBER, zip(flooredMod)),
  pow: binary(SIGNED, zip(power), { i32: zip(integerPower) }),
  min: binary(NUMBER, (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = Math.min(a[i]!, b[i]!);
  }),
  max: binary(NUMBER, (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = Math.max(a[i]!, b[i]!);
  }),
  atan2: binary(FLOAT, zip(Math.atan2)),
  neg: unary(SIGNED, (out, n, a) => {
    for (let i = 0; i < n; i++) out[i] = -a[i]!;
  }),
  abs: unary(SIGNED, (out, n, a) => {
    for (let i = 0; i < n; i++) out[i] = Math.abs(a[i]!);
  }),

  floor: float(Math.floor),
  ceil: float(Math.ceil),
  round: float(roundHalfToEven),
  sqrt: unary(FLOAT, (out, n, a) => {
    for (let i = 0; i < n; i++) out[i] = Math.sqrt(a[i]!);
  }),
  exp: unary(FLOAT, (out, n, a) => {
    for (let i = 0; i < n; i++) out[i] = Math.exp(a[i]!);
  }),
  expm1: float(Math.expm1),
  log: unary(FLOAT, (out, n, a) => {
    for (let i = 0; i < n; i++) out[i] = Math.log(a[i]!);
  }),
  log1p: float(Math.log1p),
  sin: float(Math.sin),
  cos: float(Math.cos),
  tan: float(Math.tan),
  asin: float(Math.asin),
  acos: float(Math.acos),
  atan: float(Math.atan),
  sinh: float(Math.sinh),
  cosh: float(Math.cosh),
  tanh: float(Math.tanh),
  asinh: float(Math.asinh),
  acosh: float(Math.acosh),
  atanh: float(Math.atanh),
  erf: float(erf),
  isNaN: { ...float((x) => (Number.isNaN(x) ? 1 : 0)), gives: 'bool' },

  eq: comparison(ANY, (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! === b[i]! ? 1 : 0;
  }),
  ne: comparison(ANY, (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! !== b[i]! ? 1 : 0;
  }),
  lt: comparison(NUMBER, (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! < b[i]! ? 1 : 0;
  }),
  le: comparison(NUMBER, (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! <= b[i]! ? 1 : 0;
  }),
  gt: comparison(NUMBER, (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! > b[i]! ? 1 : 0;
  }),
  ge: comparison(NUMBER, (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! >= b[i]! ? 1 : 0;
  }),

  and: binary(BITS, (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! & b[i]!;
  }),
  or: binary(BITS, (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! | b[i]!;
  }),
  xor: binary(BITS, (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! ^ b[i]!;
  }),
  not: unary(
    BITS,
    map((a) => ~a),
    { bool: map((a) => 1 - a) },
  ),
  shiftLeft: binary(WORD, (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! << b[i]!;
  }),
  shiftRight: binary(
    WORD,
    (out, n, a, b) => {
      for (let i = 0; i < n; i++) out[i] = a[i]! >>> b[i]!;
    },
    { i32: zip((a, b) => a >> b) },
  ),
  rotateLeft: binary(WORD, (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = (a[i]! << b[i]!) | (a[i]! >>> (32 - b[i]!));
  }),

  select: {
    arity: 3,
    takes: ANY,
    loop: (out, n, a, b, c) => {
      for (let i = 0; i < n; i++) out[i] = a[i] ? b[i]! : c[i]!;
    },
  },
  // its loops are by the type that it gives, and for floats only: see loopOf
  cast: unary(ANY, copy, { i32: saturate(-(2 ** 31), 2 ** 31 - 1), u32: saturate(0, 2 ** 32 - 1), bool: isNonZero }),
} satisfies Record<string, OpSpec>;

export type ScalarOp = keyof typeof OPS;

/** All ops that an expression may have: what an emitter has to know, besides inputs, constants and the index. */
export const SCALAR_OPS = Object.keys(OPS) as readonly ScalarOp[];

export const isScalarOp = (x: unknown): x is ScalarOp => typeof x === 'string' && Object.hasOwn(OPS, x);

const specOf = (op: ScalarOp): OpSpec => OPS[op];

function loopOf({ op, type, args }: ScalarCall): Loop {
  const { loop, loops } = specOf(op);
  const from = args.at(-1)!.type;
  if (op !== 'cast') return loops?.[from] ?? loop;
  // only a float can lie outside of an integer's range; storing an integer or a bool converts it
  return (from === 'f32' || type === 'bool' ? loops?.[type] : undefined) ?? loop;
}

function flooredMod(a: number, b: number): number {
  const remainder = a % b;
  return remainder !== 0 && remainder < 0 !== b < 0 ? remainder + b : remainder;
}

/** As IEEE 754 has it: 1 to any power, and -1 to an infinite one, is 1, of which JavaScript makes NaN. */
function power(a: number, b: number): number {
  return a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b;
}

/** a to the power b modulo 2^32, truncated towards zero for negative b. */
function integerPower(a: number, b: number): number {
  if (b < 0) return a ** b;
  let power = 1;
  for (let square = a, bits = b; bits > 0; bits >>= 1, square = Math.imul(square, square)) {
    if (bits & 1) power = Math.imul(power, square);
  }
  return power;
}

function roundHalfToEven(x: number): number {
  return Math.abs(x % 1) === 0.5 ? 2 * Math.round(x / 2) : Math.round(x);
}

/** Sum of coefficients[k] x^k. */
function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) sum = sum * x + coefficients[k]!;
  return sum;
}

// W. J. Cody, "Rational Chebyshev approximations for the error function", Math. Comp. 23 (1969); coefficients as in his
// CALERF (SPECFUN): of erf in x^2, up to 0.47; above, of erfc e^(x^2) in x. His second form is meant for x <= 4, but it
// still has 12 digits at 6, where erfc is below 1e-16: so his third is not needed.
const ERF_P = [3209.3775891384694, 377.485237685302, 113.86415415105016, 3.1611237438705655, 0.18577770618460315];
const ERF_Q = [2844.236833439171, 1282.6165260773723, 244.02463793444417, 23.601290952344122, 1];
const ERFC_P = [
  1230.3393547979972, 2051.0783778260716, 1712.0476126340707, 881.952221241769, 298.6351381974001, 66.11919063714163,
  8.883149794388377, 0.5641884969886701, 2.1531153547440383e-8,
];
const ERFC_Q = [
  1230.3393548037495, 3439.3676741437216, 4362.619090143247, 3290.7992357334597, 1621.3895745666903, 537.1811018620099,
  117.6939508913125, 15.744926110709835, 1,
];

/** The error function, to float64 accuracy. */
function erf(x: number): number {
  const size = Math.abs(x);
  if (size <= 0.46875) return (x * polynomial(ERF_P, x * x)) / polynomial(ERF_Q, x * x);
  if (size > 6) return Math.sign(x);
  return Math.sign(x) * (1 - (Math.exp(-x * x) * polynomial(ERFC_P, size)) / polynomial(ERFC_Q, size));
}

// --- Construction

/** Tells 0 from -0. */
export const numberText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

const leaf = <S extends Scalar>(node: S): S => Object.freeze(node);

/** A literal as an operand of `op`, which errors name. */
function literal(op: string, value: number | boolean, type?: ScalarType): ScalarConst {
  const wanted = type ?? (typeof value === 'boolean' ? 'bool' : 'f32');
  const number = Number(value);
  const fits =
    typeof value === (wanted === 'bool' ? 'boolean' : 'number') &&
    (wanted === 'bool' || wanted === 'f32' || number === (wanted === 'i32' ? number | 0 : number >>> 0));
  if (!fits) throw new TypeError(`scalar.${op}: ${value} is not of type ${wanted}`);
  return leaf({ op: 'const', type: wanted, value: wanted === 'f32' ? number : number + 0 }); // + 0: integers have no -0
}

/** By itself, a number is an f32 and a boolean a bool. */
const constant = (value: number | boolean, type?: ScalarType): ScalarConst => literal('constant', value, type);

function input(index: number, type: ScalarType = 'f32'): ScalarInput {
  if (!Number.isSafeInteger(index) || index < 0) throw new TypeError(`scalar.input: ${index} is no index`);
  return leaf({ op: 'input', type, index });
}

const isScalar = (x: ScalarLike): x is Scalar => typeof x === 'object';

/** Literals become constants of the type of the first that is none; by themselves they are f32 or bool. */
function lift(op: string, args: readonly ScalarLike[]): Scalar[] {
  const type = args.find(isScalar)?.type;
  return args.map((x) => (isScalar(x) ? x : literal(op, x, type)));
}

/** A call of an op: the one place where operands are checked. `castTo` is the type that a cast gives. */
export function callScalar(op: ScalarOp, args: readonly Scalar[], castTo?: ScalarType): ScalarCall {
  const { arity, takes, gives } = specOf(op);
  const types = args.map((x) => x.type);
  const [type] = op === 'select' ? types.slice(1) : types;
  const same = types.every((t, i) => t === (op === 'select' && i === 0 ? 'bool' : type));
  if (args.length !== arity || type === undefined || !same || !takes.includes(type)) {
    throw new TypeError(`scalar.${op} does not take (${types.join(', ')})`);
  }
  return leaf({ op, type: castTo ?? gives ?? type, args: Object.freeze([...args]) });
}

const one =
  (op: ScalarOp) =>
  (x: ScalarLike): Scalar =>
    callScalar(op, lift(op, [x]));
const two =
  (op: ScalarOp) =>
  (a: ScalarLike, b: ScalarLike): Scalar =>
    callScalar(op, lift(op, [a, b]));

const asScalar = (op: string, x: ScalarLike): Scalar => lift(op, [x])[0]!;

function cast(x: ScalarLike, type: ScalarType): Scalar {
  const from = asScalar('cast', x);
  return from.type === type ? from : callScalar('cast', [from], type);
}

const select = (condition: ScalarLike, a: ScalarLike, b: ScalarLike): Scalar =>
  callScalar('select', [asScalar('select', condition), ...lift('select', [a, b])]);

const add = two('add');
const mul = two('mul');
const div = two('div');
const max = two('max');
const abs = one('abs');
const neg = one('neg');
const exp = one('exp');
const sqrt = one('sqrt');
const lt = two('lt');
const ge = two('ge');
const and = two('and');
const shiftRight = two('shiftRight');

/**
 * Constructors. Those without an op of their own are built from others, so that emitters have few to know.
 * @throws TypeError, which names the op, for operands that it does not take
 */
export const scalar = {
  input,
  constant,
  index: leaf<ScalarIndex>({ op: 'index', type: 'u32' }),

  // numbers
  add,
  sub: two('sub'),
  mul,
  div,
  min: two('min'),
  max,
  mod: two('mod'),
  pow: two('pow'),
  neg,
  abs,
  square: (x: ScalarLike): Scalar => mul(x, x),
  /** The quotient rounded down, to int or to float. */
  floorDiv: (a: ScalarLike, b: ScalarLike): Scalar => {
    const quotient = div(a, b);
    if (quotient.type === 'f32') return callScalar('floor', [quotient]);
    return quotient.type === 'u32' ? quotient : two('floorDiv')(a, b);
  },
  /** -1, 0 or 1; NaN for NaN. */
  sign: (x: ScalarLike): Scalar => {
    const value = asScalar('sign', x);
    const [minus, zero, plus] = [-1, 0, 1].map((sign) => constant(sign, value.type)) as [Scalar, Scalar, Scalar];
    return select(lt(value, zero), minus, select(lt(zero, value), plus, value));
  },
  relu: (x: ScalarLike): Scalar => max(x, 0),

  // floats
  floor: one('floor'),
  ceil: one('ceil'),
  round: one('round'),
  sqrt,
  rsqrt: (x: ScalarLike): Scalar => div(1, sqrt(x)),
  reciprocal: (x: ScalarLike): Scalar => div(1, asScalar('reciprocal', x)),
  exp,
  expm1: one('expm1'),
  log: one('log'),
  log1p: one('log1p'),
  sin: one('sin'),
  cos: one('cos'),
  tan: one('tan'),
  asin: one('asin'),
  acos: one('acos'),
  atan: one('atan'),
  atan2: two('atan2'),
  sinh: one('sinh'),
  cosh: one('cosh'),
  tanh: one('tanh'),
  asinh: one('asinh'),
  acosh: one('acosh'),
  atanh: one('atanh'),
  erf: one('erf'),
  /** 1 / (1 + e^-x), by e^-|x|: no intermediate overflows, and small results keep their digits. */
  sigmoid: (x: ScalarLike): Scalar => {
    const decay = exp(neg(abs(x)));
    return div(select(ge(x, 0), 1, decay), add(1, decay));
  },
  /** log(1 + e^x) without overflow. */
  softplus: (x: ScalarLike): Scalar => add(max(x, 0), one('log1p')(exp(neg(abs(x))))),
  isNaN: one('isNaN'),

  // comparisons and choice
  eq: two('eq'),
  ne: two('ne'),
  lt,
  le: two('le'),
  gt: two('gt'),
  ge,
  select,

  // logic on bools, bit by bit on integers
  and,
  or: two('or'),
  xor: two('xor'),
  not: one('not'),

  // words
  shiftLeft: two('shiftLeft'),
  shiftRight,
  rotateLeft: two('rotateLeft'),
  /** The upper 32 bits of the product of two u32, by its four partial products of 16-bit halves. */
  mulHigh: (a: ScalarLike, b: ScalarLike): Scalar => {
    const [x, y] = lift('mulHigh', [a, b]) as [Scalar, Scalar];
    const low = (word: Scalar): Scalar => and(word, 0xffff);
    const high = (word: Scalar): Scalar => shiftRight(word, 16);
    const carry = high(mul(low(x), low(y)));
    const middle = add(mul(high(x), low(y)), carry);
    const other = add(mul(low(x), high(y)), low(middle));
    return add(add(mul(high(x), high(y)), high(middle)), high(other));
  },

  cast,
};

// --- The linear form

/** The distinct nodes of expressions, each after its operands: structurally equal subtrees are one node. */
export interface LinearScalar {
  readonly nodes: readonly Scalar[];
  /** Positions of each node's operands in `nodes`. */
  readonly operands: readonly (readonly number[])[];
  /** The expressions' own positions. */
  readonly results: readonly number[];
}

const argsOf = (node: Scalar): readonly Scalar[] => ('args' in node ? node.args : []);
const leafContent = (node: Scalar): string =>
  node.op === 'const' ? numberText(node.value) : node.op === 'input' ? `${node.index}` : '';

/** What emitters walk: iterative, and linear in the number of nodes however they are shared. */
export function linearizeScalar(roots: readonly Scalar[]): LinearScalar {
  const nodes: Scalar[] = [];
  const operands: number[][] = [];
  const positions = new Map<Scalar, number>();
  const byContent = new Map<string, number>();

  const number = (node: Scalar): void => {
    const args = argsOf(node).map((arg) => positions.get(arg)!);
    const content = `${node.op} ${node.type} ${leafContent(node)} ${args.join()}`;
    let position = byContent.get(content);
    if (position === undefined) {
      position = nodes.push(node) - 1;
      operands.push(args);
      byContent.set(content, position);
    }
    positions.set(node, position);
  };

  const stack = [...roots].reverse();
  for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
    const pending = positions.has(node) ? [] : argsOf(node).filter((arg) => !positions.has(arg));
    if (pending.length > 0) {
      for (const arg of pending.reverse()) stack.push(arg);
    } else {
      if (!positions.has(node)) number(node);
      stack.pop();
    }
  }
  return { nodes, operands, results: roots.map((root) => positions.get(root)!) };
}

/** The expression with `inputs[k]` in the place of input k: how an expression is put into its consumer. */
export function substituteScalar(expr: Scalar, inputs: readonly Scalar[]): Scalar {
  const { nodes, operands } = linearizeScalar([expr]);
  const replaced: Scalar[] = [];
  const rebuild = (node: Scalar, args: readonly number[]): Scalar => {
    if (node.op === 'input') return actualInput(node, inputs[node.index]);
    if (!('args' in node)) return node;
    const actuals = args.map((arg) => replaced[arg]!);
    return callScalar(node.op, actuals, node.op === 'cast' ? node.type : undefined);
  };
  for (const [k, node] of nodes.entries()) replaced.push(rebuild(node, operands[k]!));
  return replaced.at(-1)!;
}

function actualInput({ index, type }: ScalarInput, actual: Scalar | undefined): Scalar {
  if (actual?.type === type) return actual;
  throw new TypeError(`input ${index} of an expression is ${type}, not ${actual?.type ?? 'absent'}`);
}

// --- Evaluation

/** float32 rounds after every float operation, as a float32 backend does; float64 is plain JavaScript arithmetic. */
export type ScalarPrecision = 'float32' | 'float64';

/** Fills `out[0 ... length - 1]`. An input holds a value for each element, or one for all; `out` may be one of them. */
export type CompiledScalar = (inputs: readonly ArrayLike<number>[], length: number, out: NumberArray) => void;

/** An array to write numbers to. */
export interface NumberArray {
  readonly length: number;
  [index: number]: number;
}

/** Elements evaluated at a time: enough to make the overhead of a step small, few enough to keep registers in cache. */
const BLOCK = 512;

type Step = (inputs: readonly ArrayLike<number>[], start: number, n: number) => void;

function makeRegister(type: ScalarType, precision: ScalarPrecision, size: number): Register {
  if (type === 'f32') return precision === 'float32' ? new Float32Array(size) : new Float64Array(size);
  return type === 'i32' ? new Int32Array(size) : type === 'u32' ? new Uint32Array(size) : new Uint8Array(size);
}

const loadInput =
  (index: number, out: Register): Step =>
  (inputs, start, n) => {
    const from = inputs[index];
    if (from === undefined) throw new RangeError(`input ${index} of an expression is missing`);
    if (from.length === 1) out.fill(from[0]!, 0, n);
    else if (from.length < start + n)
      throw new RangeError(`input ${index} of an expression has ${from.length} elements`);
    else for (let i = 0; i < n; i++) out[i] = from[start + i]!;
  };

const loadIndex =
  (out: Register): Step =>
  (_inputs, start, n) => {
    for (let i = 0; i < n; i++) out[i] = start + i;
  };

/** The steps that evaluate one block, and the register that then holds the expression's values. */
function assemble(
  expr: Scalar,
  precision: ScalarPrecision,
  block: number,
): { steps: readonly Step[]; result: Register } {
  const { nodes, operands } = linearizeScalar([expr]);
  const lastUse = new Map<number, number>();
  for (const [user, args] of operands.entries()) for (const arg of args) lastUse.set(arg, user);
  const free: Record<ScalarType, Register[]> = { f32: [], i32: [], u32: [], bool: [] };
  const registers: Register[] = [];
  const steps: Step[] = [];

  nodes.forEach((node, k) => {
    // A register whose last reader this is may take the result: loops read element i before they write it.
    for (const arg of new Set(operands[k])) {
      const { op, type } = nodes[arg]!;
      if (lastUse.get(arg) === k && op !== 'const') free[type].push(registers[arg]!);
    }
    const out = (node.op === 'const' ? undefined : free[node.type].pop()) ?? makeRegister(node.type, precision, block);
    registers.push(out);
    if (node.op === 'const') out.fill(node.value);
    else if (node.op === 'input') steps.push(loadInput(node.index, out));
    else if (node.op === 'index') steps.push(loadIndex(out));
    else {
      const loop = loopOf(node);
      const [a, b = a, c = a] = operands[k]!.map((arg) => registers[arg]!);
      steps.push((_inputs, _start, n) => loop(out, n, a!, b!, c!));
    }
  });
  return { steps, result: registers.at(-1)! };
}

/**
 * Makes an evaluator over arrays: a tape of loops over blocks of elements, where a shared subtree is computed once.
 * An f32 gives numbers, an i32 or u32 integers, a bool 0 or 1.
 */
export function compileScalar(expr: Scalar, precision: ScalarPrecision = 'float32'): CompiledScalar {
  const { steps, result } = assemble(expr, precision, BLOCK);
  return (inputs, length, out) => {
    for (let start = 0; start < length; start += BLOCK) {
      const n = Math.min(BLOCK, length - start);
      for (const step of steps) step(inputs, start, n);
      for (let i = 0; i < n; i++) out[start + i] = result[i]!;
    }
  };
}

/** The value at one element: `inputs[k]` is input k's value there, `index` is the element's. A bool is 0 or 1. */
export function evaluateScalar(
  expr: Scalar,
  inputs: readonly number[] = [],
  index = 0,
  precision: ScalarPrecision = 'float32',
): number {
  const { steps, result } = assemble(expr, precision, 1);
  const values = inputs.map((value) => [value]);
  for (const step of steps) step(values, index, 1);
  return result[0]!;
}
