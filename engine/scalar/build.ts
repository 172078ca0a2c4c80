/** Builders of scalar expressions. */
import type { Scalar, ScalarConst, ScalarIndex, ScalarInput, ScalarOp, ScalarType } from './expression.ts';
import { callScalar } from './expression.ts';

/** An operand; a literal becomes a constant of the other operands' type. */
export type ScalarLike = Scalar | number | boolean;

const leaf = <S extends Scalar>(node: S): S => Object.freeze(node);

/** A constant of a literal. @param op for errors. @throws TypeError if the literal does not fit the type */
function literal(op: string, value: number | boolean, type?: ScalarType): ScalarConst {
  const wanted = type ?? (typeof value === 'boolean' ? 'bool' : 'f32');
  const number = Number(value);
  const fits =
    typeof value === (wanted === 'bool' ? 'boolean' : 'number') &&
    (wanted === 'bool' || wanted === 'f32' || number === (wanted === 'i32' ? number | 0 : number >>> 0));
  if (!fits) throw new TypeError(`scalar.${op}: ${value} is not of type ${wanted}`);
  return leaf({ op: 'const', type: wanted, value: wanted === 'f32' ? number : number + 0 }); // + 0: integers have no -0
}

/** By default a number is f32 and a boolean bool. */
const constant = (value: number | boolean, type?: ScalarType): ScalarConst => literal('constant', value, type);

function input(index: number, type: ScalarType = 'f32'): ScalarInput {
  if (!Number.isSafeInteger(index) || index < 0) throw new TypeError(`scalar.input: ${index} is not an index`);
  return leaf({ op: 'input', type, index });
}

const isScalar = (x: ScalarLike): x is Scalar => typeof x === 'object';

/** Converts literals to constants of the first expression's type; without any expression, to f32 or bool. */
function lift(op: string, args: readonly ScalarLike[]): Scalar[] {
  const type = args.find(isScalar)?.type;
  return args.map((x) => (isScalar(x) ? x : literal(op, x, type)));
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
 * Builders of scalar expressions. Some build other ops (`square` is a `mul`), so that code generators have few ops to support.
 * @throws TypeError naming the op, for operands of other types
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

  // integers as bit patterns
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
