/**
 * Elementary functions of four floats at once, within 2 ulp over the whole range of float32, denormals, infinities and NaN included. Their
 * polynomials are those of S. Moshier's Cephes Mathematical Library (single precision), release 2.2.
 */
import { type Code, f32x4, get, i32, i32x4, type Procedure, set, type Type, times, v128 } from './assembler.ts';

/** The code of a procedure while it is written: its statements, and its locals. */
class Writer {
  readonly locals: Type[] = [];
  readonly #parameters: number;
  #statements: Code[] = [];

  constructor(parameters: number) {
    this.#parameters = parameters;
  }

  /** Keeps a vector in a new local, and returns the code that reads it. */
  keep(vector: Code): Code {
    const local = this.#parameters + this.locals.push('v128') - 1;
    this.#statements.push(set(local, vector));
    return get(local);
  }

  /** The statements since the last call. */
  taken(): Code {
    const statements = this.#statements;
    this.#statements = [];
    return statements;
  }
}

/** A function of vectors: the code of its value, after statements that are added to the writer. Its argument is read several times. */
type VectorFunction = (w: Writer, x: Code) => Code;

const { add, sub, mul, div, pmin, pmax, abs, splat, lt, gt } = f32x4;
const ONE = splat(1);
const SIGN = i32x4.splat(-(2 ** 31));

/** A polynomial by Horner's rule, its highest coefficient first. */
const polynomial = (x: Code, [first, ...rest]: readonly number[]): Code =>
  rest.reduce<Code>((sum, coefficient) => add(mul(sum, x), splat(coefficient)), splat(first!));

/** ln 2 as the sum of a number of ten bits, whose multiples by exponents are exact, and the rest. */
const [LN2_HIGH, LN2_LOW] = [0.693359375, -2.1219444e-4];
const EXP = [1.98756915e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1];

/** 2^n for integers from -126 to 127, as bits of the exponent. */
const power = (n: Code): Code => i32x4.shiftLeft(i32x4.add(n, i32x4.splat(127)), 23);

/** e^x: x = n ln 2 + r. 2^n is multiplied in two parts, since it may be beyond the range where the result is not. */
const exp: VectorFunction = (w, x) => {
  const bounded = w.keep(pmin(pmax(x, splat(-105)), splat(90)));
  const n = w.keep(f32x4.nearest(mul(bounded, splat(Math.LOG2E))));
  const r = w.keep(sub(sub(bounded, mul(n, splat(LN2_HIGH))), mul(n, splat(LN2_LOW))));
  const value = add(add(mul(polynomial(r, EXP), mul(r, r)), r), ONE);
  const exponent = w.keep(i32x4.truncate(n));
  const half = w.keep(i32x4.shiftRight(exponent, 1));
  return mul(mul(value, power(half)), power(i32x4.sub(exponent, half)));
};

const LOG = [
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1, 2.0000714765e-1,
  -2.4999993993e-1, 3.3333331174e-1,
]; // biome-ignore format: as it is

/** ln x: x = 2^e m, with m from sqrt(1/2) to sqrt(2). */
const log: VectorFunction = (w, x) => {
  const isSmall = w.keep(lt(x, splat(2 ** -126)));
  const scaled = w.keep(v128.select(mul(x, splat(2 ** 24)), x, isSmall));
  // the distance of the exponent from that of sqrt(1/2)
  const offset = w.keep(i32x4.sub(scaled, i32x4.splat(0x3f3504f3)));
  const e = w.keep(sub(f32x4.convert(i32x4.shiftRight(offset, 23)), v128.and(isSmall, splat(24))));
  const m = i32x4.add(v128.and(offset, i32x4.splat(0x7fffff)), i32x4.splat(0x3f3504f3));
  const z = w.keep(sub(m, ONE));
  const square = w.keep(mul(z, z));
  const tail = add(mul(mul(polynomial(z, LOG), z), square), mul(e, splat(LN2_LOW)));
  const value = add(add(z, sub(tail, mul(square, splat(0.5)))), mul(e, splat(LN2_HIGH)));
  const positive = w.keep(v128.select(value, x, lt(x, splat(Number.POSITIVE_INFINITY)))); // also keeps NaN
  const isZero = f32x4.eq(x, splat(0));
  const other = v128.select(splat(Number.NEGATIVE_INFINITY), splat(Number.NaN), isZero);
  return v128.select(other, positive, f32x4.le(x, splat(0)));
};

const TANH = [-5.70498872745e-3, 2.06390887954e-2, -5.37397155531e-2, 1.33314422036e-1, -3.33332819422e-1];

/** tanh x = 1 - 2 / (e^2x + 1), for x of any sign; near 0 a polynomial. */
const tanh: VectorFunction = (w, x) => {
  const size = w.keep(abs(x));
  const square = w.keep(mul(x, x));
  const near = w.keep(add(mul(mul(polynomial(square, TANH), square), x), x));
  const e = exp(w, w.keep(add(size, size)));
  const far = sub(ONE, div(splat(2), add(e, ONE)));
  return v128.or(v128.select(far, near, gt(size, splat(0.625))), v128.and(x, SIGN));
};

/** 1 / (1 + e^-x), as e^x / (1 + e^x) for negative x, where e^-x may overflow. */
const sigmoid: VectorFunction = (w, x) => {
  const e = w.keep(exp(w, w.keep(v128.or(x, SIGN))));
  return div(v128.select(e, ONE, lt(x, splat(0))), add(ONE, e));
};

const ERF = [
  7.853861353153693e-5, -8.010193625184903e-4, 5.188327685732524e-3, -2.685381193529856e-2, 1.128358514861418e-1,
  -3.7612625824233e-1, 1.12837916572671,
]; // biome-ignore format: as it is
const ERFC = [
  2.326819970068386e-2, -1.387039388740657e-1, 3.687424674597105e-1, -5.824733027278666e-1, 6.210004621745983e-1,
  -4.944515323274145e-1, 3.404879937665872e-1, -2.741127028184656e-1, 5.638259427386472e-1,
]; // biome-ignore format: as it is

/** erf x = 1 - e^(-x^2) P(1 / x^2) / x; near 0 a polynomial. */
const erf: VectorFunction = (w, x) => {
  const square = w.keep(mul(x, x));
  const near = w.keep(mul(polynomial(square, ERF), x));
  const size = w.keep(pmax(abs(x), ONE));
  const inverse = w.keep(div(ONE, size));
  const e = exp(w, w.keep(f32x4.neg(mul(size, size))));
  const rest = mul(mul(e, inverse), polynomial(w.keep(mul(inverse, inverse)), ERFC));
  return v128.or(v128.select(sub(ONE, rest), near, gt(abs(x), ONE)), v128.and(x, SIGN));
};

/** min(max(x, low), high), whose bounds are parameters, as bits. */
const clip: VectorFunction = (_, x) => pmin(pmax(x, f32x4.splatBits(get(3))), f32x4.splatBits(get(4)));

/** Applies a function to COUNT vectors from one address to another. Further parameters are the function's. */
function mapped(f: VectorFunction, further = 0): Procedure {
  const [TO, FROM, COUNT] = [0, 1, 2] as const;
  const parameters = 3 + further;
  const writer = new Writer(parameters);
  const value = f(writer, writer.keep(v128.load(0, get(FROM))));
  const body = [
    writer.taken(),
    [get(TO), v128.store(0, value)],
    [TO, FROM].map((address) => set(address, i32.add(get(address), i32.constant(16)))),
  ];
  return { parameters, locals: writer.locals, body: times(COUNT, body) };
}

export const functions = () => ({
  clip: mapped(clip, 2),
  erf: mapped(erf),
  exp: mapped(exp),
  log: mapped(log),
  sigmoid: mapped(sigmoid),
  tanh: mapped(tanh),
});
