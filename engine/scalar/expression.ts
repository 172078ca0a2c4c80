/**
 * Scalar expressions: the formula of one element of an elementwise op, as plain data.
 *
 * An expression is an immutable tree of typed nodes (a DAG if subtrees are shared). build.ts makes expressions; evaluate.ts is the reference
 * evaluator, which backends that generate kernels must match. It defines what hardware leaves open:
 * - i32 and u32 wrap. An integer divided by zero is 0, and so is its remainder. Integer division truncates.
 * - shift and rotation distances count modulo 32; shiftRight repeats the sign of an i32.
 * - cast: float to int truncates towards zero and saturates, NaN becomes 0; i32 to u32 and back keeps the bits;
 *   anything to bool is x != 0.
 * - min and max of a NaN are NaN. 1 to the power of a NaN is 1. `mod` has the divisor's sign, `round` rounds halves to even, as in tf.
 */
import type { DType } from '../types.ts';

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

/** A constant; a bool is 0 or 1. An f32 has a double's precision, which float32 evaluation rounds. */
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

type Types = readonly ScalarType[];
const FLOAT: Types = ['f32'];
const INT: Types = ['i32'];
const WORD: Types = ['u32', 'i32'];
const SIGNED: Types = ['f32', 'i32'];
const NUMBER: Types = ['f32', 'i32', 'u32'];
const BITS: Types = ['bool', 'u32', 'i32'];
const ANY: Types = ['f32', 'i32', 'u32', 'bool'];

export const isScalarType = (x: unknown): x is ScalarType => ANY.includes(x as ScalarType);

interface Signature {
  readonly arity: number;
  /** Allowed types of the operands, which must all have the same one (except select's condition). */
  readonly takes: Types;
  /** The result's type; by default the operands'. */
  readonly gives?: ScalarType;
}

const one = (takes: Types): Signature => ({ arity: 1, takes });
const two = (takes: Types): Signature => ({ arity: 2, takes });
const comparison = (takes: Types): Signature => ({ arity: 2, takes, gives: 'bool' });

/** The ops that a code generator has to support, besides inputs, constants and the index. */
const SIGNATURES = {
  add: two(NUMBER),
  sub: two(NUMBER),
  mul: two(NUMBER),
  div: two(NUMBER),
  floorDiv: two(INT),
  mod: two(NUMBER),
  pow: two(SIGNED),
  min: two(NUMBER),
  max: two(NUMBER),
  atan2: two(FLOAT),
  neg: one(SIGNED),
  abs: one(SIGNED),

  floor: one(FLOAT),
  ceil: one(FLOAT),
  round: one(FLOAT),
  sqrt: one(FLOAT),
  exp: one(FLOAT),
  expm1: one(FLOAT),
  log: one(FLOAT),
  log1p: one(FLOAT),
  sin: one(FLOAT),
  cos: one(FLOAT),
  tan: one(FLOAT),
  asin: one(FLOAT),
  acos: one(FLOAT),
  atan: one(FLOAT),
  sinh: one(FLOAT),
  cosh: one(FLOAT),
  tanh: one(FLOAT),
  asinh: one(FLOAT),
  acosh: one(FLOAT),
  atanh: one(FLOAT),
  erf: one(FLOAT),
  isNaN: { ...one(FLOAT), gives: 'bool' },

  eq: comparison(ANY),
  ne: comparison(ANY),
  lt: comparison(NUMBER),
  le: comparison(NUMBER),
  gt: comparison(NUMBER),
  ge: comparison(NUMBER),

  and: two(BITS),
  or: two(BITS),
  xor: two(BITS),
  not: one(BITS),
  shiftLeft: two(WORD),
  shiftRight: two(WORD),
  rotateLeft: two(WORD),

  select: { arity: 3, takes: ANY },
  cast: one(ANY),
} satisfies Record<string, Signature>;

export type ScalarOp = keyof typeof SIGNATURES;

export const isScalarOp = (x: unknown): x is ScalarOp => typeof x === 'string' && Object.hasOwn(SIGNATURES, x);

/** A call of an op, with its operands checked. @param castTo the result type of a cast. @throws TypeError */
export function callScalar(op: ScalarOp, args: readonly Scalar[], castTo?: ScalarType): ScalarCall {
  const { arity, takes, gives } = SIGNATURES[op] as Signature;
  const types = args.map((x) => x.type);
  const [type] = op === 'select' ? types.slice(1) : types;
  const same = types.every((t, i) => t === (op === 'select' && i === 0 ? 'bool' : type));
  if (args.length !== arity || type === undefined || !same || !takes.includes(type)) {
    throw new TypeError(`scalar.${op} does not take (${types.join(', ')})`);
  }
  return Object.freeze({ op, type: castTo ?? gives ?? type, args: Object.freeze([...args]) });
}

/** A number as text; unlike String, it distinguishes 0 and -0. */
export const numberText = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

/** The distinct nodes of expressions, each after its operands: structurally equal subtrees are one node. */
export interface LinearScalar {
  readonly nodes: readonly Scalar[];
  /** The indices in `nodes` of each node's operands. */
  readonly operands: readonly (readonly number[])[];
  /** The indices in `nodes` of the expressions. */
  readonly results: readonly number[];
}

const argsOf = (node: Scalar): readonly Scalar[] => ('args' in node ? node.args : []);
const leafContent = (node: Scalar): string =>
  node.op === 'const' ? numberText(node.value) : node.op === 'input' ? `${node.index}` : '';

/** Flattens expressions for evaluation and code generation. Iterative, and linear in the number of nodes, shared subtrees included. */
export function linearizeScalar(roots: readonly Scalar[]): LinearScalar {
  const nodes: Scalar[] = [];
  const operands: number[][] = [];
  const indices = new Map<Scalar, number>();
  const byContent = new Map<string, number>();

  const number = (node: Scalar): void => {
    const args = argsOf(node).map((arg) => indices.get(arg)!);
    const content = `${node.op} ${node.type} ${leafContent(node)} ${args.join()}`;
    let index = byContent.get(content);
    if (index === undefined) {
      index = nodes.push(node) - 1;
      operands.push(args);
      byContent.set(content, index);
    }
    indices.set(node, index);
  };

  const stack = [...roots].reverse();
  for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
    const pending = indices.has(node) ? [] : argsOf(node).filter((arg) => !indices.has(arg));
    if (pending.length > 0) {
      for (const arg of pending.reverse()) stack.push(arg);
    } else {
      if (!indices.has(node)) number(node);
      stack.pop();
    }
  }
  return { nodes, operands, results: roots.map((root) => indices.get(root)!) };
}
