/**
 * The reference evaluator of scalar expressions: loops over blocks of elements. It generates no source text, so it runs under any
 * content security policy.
 */
import { linearizeScalar, type Scalar, type ScalarCall, type ScalarOp, type ScalarType } from './expression.ts';
import { erf, flooredMod, integerPower, power, roundHalfToEven } from './functions.ts';

/** float32 rounds after every float operation, as a float32 backend does; float64 is plain JavaScript arithmetic. */
export type ScalarPrecision = 'float32' | 'float64';

/** Fills `out[0 ... length - 1]`. An input has a value for each element, or one for all; `out` may be one of the inputs. */
export type CompiledScalar = (inputs: readonly ArrayLike<number>[], length: number, out: NumberArray) => void;

/** An array to write numbers to. */
export interface NumberArray {
  readonly length: number;
  [index: number]: number;
}

// A register has one value per element of a block, in an array of the value's type. Storing rounds (Float32Array) or wraps
// (Int32Array, Uint32Array), so most loops are correct for every type.

type Register = Float64Array | Float32Array | Int32Array | Uint32Array | Uint8Array;
type Loop = (out: Register, n: number, a: Register, b: Register, c: Register) => void;
type LoopsByType = Readonly<Partial<Record<ScalarType, Loop>>>;

/** Loops of functions of one number (`map`) or two (`zip`). Frequent ops have hand-written loops, without calls. */
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

const LOOPS: Readonly<Record<Exclude<ScalarOp, 'cast'>, Loop>> = {
  add: (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! + b[i]!;
  },
  sub: (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! - b[i]!;
  },
  mul: (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! * b[i]!;
  },
  div: (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! / b[i]!;
  },
  floorDiv: zip((a, b) => Math.floor(a / b)),
  mod: zip(flooredMod),
  pow: zip(power),
  min: (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = Math.min(a[i]!, b[i]!);
  },
  max: (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = Math.max(a[i]!, b[i]!);
  },
  atan2: zip(Math.atan2),
  neg: (out, n, a) => {
    for (let i = 0; i < n; i++) out[i] = -a[i]!;
  },
  abs: (out, n, a) => {
    for (let i = 0; i < n; i++) out[i] = Math.abs(a[i]!);
  },
  floor: map(Math.floor),
  ceil: map(Math.ceil),
  round: map(roundHalfToEven),
  sqrt: (out, n, a) => {
    for (let i = 0; i < n; i++) out[i] = Math.sqrt(a[i]!);
  },
  exp: (out, n, a) => {
    for (let i = 0; i < n; i++) out[i] = Math.exp(a[i]!);
  },
  expm1: map(Math.expm1),
  log: (out, n, a) => {
    for (let i = 0; i < n; i++) out[i] = Math.log(a[i]!);
  },
  log1p: map(Math.log1p),
  sin: map(Math.sin),
  cos: map(Math.cos),
  tan: map(Math.tan),
  asin: map(Math.asin),
  acos: map(Math.acos),
  atan: map(Math.atan),
  sinh: map(Math.sinh),
  cosh: map(Math.cosh),
  tanh: map(Math.tanh),
  asinh: map(Math.asinh),
  acosh: map(Math.acosh),
  atanh: map(Math.atanh),
  erf: map(erf),
  isNaN: map((x) => (Number.isNaN(x) ? 1 : 0)),
  eq: (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! === b[i]! ? 1 : 0;
  },
  ne: (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! !== b[i]! ? 1 : 0;
  },
  lt: (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! < b[i]! ? 1 : 0;
  },
  le: (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! <= b[i]! ? 1 : 0;
  },
  gt: (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! > b[i]! ? 1 : 0;
  },
  ge: (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! >= b[i]! ? 1 : 0;
  },
  and: (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! & b[i]!;
  },
  or: (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! | b[i]!;
  },
  xor: (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! ^ b[i]!;
  },
  not: map((a) => ~a),
  shiftLeft: (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! << b[i]!;
  },
  shiftRight: (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = a[i]! >>> b[i]!;
  },
  rotateLeft: (out, n, a, b) => {
    for (let i = 0; i < n; i++) out[i] = (a[i]! << b[i]!) | (a[i]! >>> (32 - b[i]!));
  },
  select: (out, n, a, b, c) => {
    for (let i = 0; i < n; i++) out[i] = a[i] ? b[i]! : c[i]!;
  },
};

/** Loops for operand types for which those above are wrong. */
const LOOPS_OF: Readonly<Partial<Record<ScalarOp, LoopsByType>>> = {
  mul: { i32: multiplyWords, u32: multiplyWords },
  pow: { i32: zip(integerPower) },
  not: { bool: map((a) => 1 - a) },
  shiftRight: { i32: zip((a, b) => a >> b) },
};

/** Loops of casts from f32, which saturate; for casts between other types, storing converts. */
const FROM_FLOAT: LoopsByType = {
  i32: saturate(-(2 ** 31), 2 ** 31 - 1),
  u32: saturate(0, 2 ** 32 - 1),
};

function loopOf({ op, type, args }: ScalarCall): Loop {
  const from = args.at(-1)!.type;
  if (op !== 'cast') return LOOPS_OF[op]?.[from] ?? LOOPS[op];
  if (type === 'bool') return isNonZero;
  return (from === 'f32' ? FROM_FLOAT[type] : undefined) ?? copy;
}

/** Elements per block: enough to make the overhead of a step small, few enough to keep the registers in cache. */
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

/** The steps that evaluate one block, and the register of the result. */
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
    // the result may overwrite a register last read here: loops read element i before they write it
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
 * Makes an evaluator over arrays: a list of loops over blocks of elements, which computes shared subtrees once. Results of i32 and u32 are
 * integers, those of bool 0 or 1.
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

/** The value of one element: `inputs[k]` is the value of input k, `index` the element's index. A bool is 0 or 1. */
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
