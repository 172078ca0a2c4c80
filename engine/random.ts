/**
 * Random numbers as pure functions: the same state, stream and index give the same number in any order, on any backend.
 *
 * The generator is Threefry-2x32 with 20 rounds, a keyed bijection of 64-bit blocks (J. Salmon, M. Moraes, R. Dror,
 * D. Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011), as in JAX. With `T(key, block)` for it:
 *
 *     run key   = T((seedHi, seedLo), (counterHi, counterLo))     one for each run of a store
 *     draw key  = T(run key, (stream, 0))                         one for each random op
 *     bits of i = the first word of T(draw key, (i, 0))           32 for each element
 *
 * Counter words are below 2^24, so names (`hashSeed`) use blocks whose first word is above. Initializers draw from a
 * stream that no op has. All distributions are scalar expressions of the 32 bits, so each has one definition for the
 * host and for backends that generate kernels.
 *
 * Uniforms are exact in float32, hence bit-equal everywhere. Normals are rational functions of a logarithm and agree to
 * about 1e-6 (relative) between backends; the host uses the reference evaluator.
 */
import { AttributeError } from './errors.ts';
import { scalar } from './scalar/build.ts';
import { compileScalar, type NumberArray } from './scalar/evaluate.ts';
import type { Scalar } from './scalar/expression.ts';

const { add, and, cast, constant, div, eq, index, input, log, lt, min, mul, mulHigh } = scalar;
const { neg, rotateLeft, select, shiftRight, sqrt, sub, xor } = scalar;

// --- The generator

/** Two u32 words. */
export type WordPair = readonly [number, number];
type Pair<T> = readonly [T, T];
type Quad<T> = readonly [T, T, T, T];

/** The arithmetic of u32 words that Threefry needs, for numbers and for scalar expressions. */
interface WordArithmetic<T> {
  readonly word: (value: number) => T;
  readonly add: (a: T, b: T) => T;
  readonly xor: (a: T, b: T) => T;
  readonly rotateLeft: (a: T, distance: number) => T;
}

const ROTATIONS = [13, 15, 26, 6, 17, 29, 16, 24] as const;
/** Skein's key schedule constant: the third key word is its xor with the other two. */
const PARITY = 0x1bd11bda;

function threefry<T>({ word, add, xor, rotateLeft }: WordArithmetic<T>, key: Pair<T>, block: Pair<T>): Pair<T> {
  const keys = [key[0], key[1], xor(xor(key[0], key[1]), word(PARITY))];
  let x0 = add(block[0], key[0]);
  let x1 = add(block[1], key[1]);
  for (let round = 0; round < 20; round++) {
    x0 = add(x0, x1);
    x1 = xor(rotateLeft(x1, ROTATIONS[round % 8]!), x0);
    if (round % 4 === 3) {
      const injection = (round + 1) / 4;
      x0 = add(x0, keys[injection % 3]!);
      x1 = add(x1, add(keys[(injection + 1) % 3]!, word(injection)));
    }
  }
  return [x0, x1];
}

const NUMBERS: WordArithmetic<number> = {
  word: (value) => value,
  add: (a, b) => (a + b) >>> 0,
  xor: (a, b) => (a ^ b) >>> 0,
  rotateLeft: (a, distance) => ((a << distance) | (a >>> (32 - distance))) >>> 0,
};
const SCALARS: WordArithmetic<Scalar> = { word: (value) => constant(value, 'u32'), add, xor, rotateLeft };

/** Threefry-2x32, 20 rounds, of u32 words. */
export const threefry2x32 = (key: WordPair, block: WordPair): WordPair => threefry(NUMBERS, key, block);

/** `threefry2x32` as an expression; key and block are u32 expressions. */
export const threefryScalar = (key: Pair<Scalar>, block: Pair<Scalar>): Pair<Scalar> => threefry(SCALARS, key, block);

/** `out[i] = T(key, (i, 0))[0]`: the rounds of `threefry` unrolled by four, without calls, which is 10 times as fast. */
function fillBits(key: WordPair, out: Uint32Array): void {
  const third = key[0] ^ key[1] ^ PARITY;
  const keys = Int32Array.of(...key, third, ...key, third, key[0]);
  for (let i = 0; i < out.length; i++) {
    let x0 = (i + keys[0]!) | 0;
    let x1 = keys[1]!;
    for (let injection = 1; injection <= 5; injection++) {
      const odd = injection % 2 === 1;
      const r0 = odd ? 13 : 17;
      const r1 = odd ? 15 : 29;
      const r2 = odd ? 26 : 16;
      const r3 = odd ? 6 : 24;
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << r0) | (x1 >>> (32 - r0))) ^ x0;
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << r1) | (x1 >>> (32 - r1))) ^ x0;
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << r2) | (x1 >>> (32 - r2))) ^ x0;
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << r3) | (x1 >>> (32 - r3))) ^ x0;
      x0 = (x0 + keys[injection]!) | 0;
      x1 = (x1 + keys[injection + 1]! + injection) | 0;
    }
    out[i] = x0;
  }
}

// --- State and keys

/**
 * The random state of a run, the `RandomState` op's int32[4]: [seedHi, seedLo, counterHi, counterLo].
 * seed = seedHi 2^32 + seedLo, words as u32 in int32 bits; counter = counterHi 2^24 + counterLo, words below 2^24.
 */
export type RandomWords = ArrayLike<number>;

/** The state of the `counter`-th run of a store. @throws AttributeError for a seed that is not a safe integer; RangeError */
export function randomState(seed: number, counter = 0): Int32Array {
  if (!Number.isSafeInteger(seed)) throw new AttributeError(`a seed must be a safe integer, not ${seed}`);
  if (!Number.isInteger(counter) || counter < 0 || counter >= 2 ** 48) {
    throw new RangeError(`a run counter must be an integer in [0, 2^48), not ${counter}`);
  }
  return Int32Array.of(Math.floor(seed / 2 ** 32), seed, Math.floor(counter / 2 ** 24), counter % 2 ** 24);
}

/** The seed and the run counter of a state: the inverse of `randomState`. */
export function randomCounts(state: RandomWords): { readonly seed: number; readonly runs: number } {
  const [seedHi = 0, seedLo = 0, counterHi = 0, counterLo = 0] = Array.from(state);
  return { seed: seedHi * 2 ** 32 + (seedLo >>> 0), runs: counterHi * 2 ** 24 + counterLo };
}

function drawKey(state: RandomWords, stream: number): WordPair {
  const [seedHi, seedLo, counterHi, counterLo] = Uint32Array.from(state) as Iterable<number> as Quad<number>;
  return threefry2x32(threefry2x32([seedHi, seedLo], [counterHi, counterLo]), [stream >>> 0, 0]);
}

/** The stream of initializers, which no op has, so that a store and an initializer may have the same seed. */
const HOST_STREAM = 0xffffffff;
/** First words of the blocks of names, above the words of all counters. */
const NAME = 0x80000000;
const NAME_END = 0x80000001;

/** The seed of a variable's initializer: a safe integer, hashed from the store's seed and the name. */
export function hashSeed(seed: number, name: string): number {
  const [seedHi, seedLo] = Uint32Array.from(randomState(seed));
  let key: WordPair = [seedHi!, seedLo!];
  for (let i = 0; i < name.length; i++) key = threefry2x32(key, [NAME, name.charCodeAt(i)]);
  const [hi, lo] = threefry2x32(key, [NAME_END, name.length]);
  return (hi >>> 11) * 2 ** 32 + lo;
}

/**
 * `randomBits` as an expression: an element's 32 bits, u32, from the state (inputs 0 to 3, i32) and the element's index. All but the last
 * Threefry is the same for every element, so kernels should compute it outside of their loops.
 */
export function bitsScalar(stream: number): Scalar {
  const words: readonly Scalar[] = [0, 1, 2, 3].map((k) => cast(input(k, 'i32'), 'u32'));
  const [seedHi, seedLo, counterHi, counterLo] = words as Quad<Scalar>;
  const zero = constant(0, 'u32');
  const runKey = threefryScalar([seedHi, seedLo], [counterHi, counterLo]);
  return threefryScalar(threefryScalar(runKey, [constant(stream, 'u32'), zero]), [index, zero])[0];
}

// --- Distributions, as expressions of an element's 32 bits (u32); kernels use `bitsScalar(stream)`

/** A half-open range: minval is included, maxval is not. */
export interface UniformOptions {
  readonly minval?: number;
  readonly maxval?: number;
}

export interface NormalOptions {
  readonly mean?: number;
  readonly stdDev?: number;
}

/** A half-open range: minval is included, maxval is not. Integers in the int32 range; maxval may be 2^31. */
export interface IntOptions {
  readonly minval: number;
  readonly maxval: number;
}

/** The top 24 bits, times 2^-24: exact in float32, so bit-equal everywhere. In [0, 1). */
const unitOf = (bits: Scalar): Scalar => mul(cast(shiftRight(bits, 8), 'f32'), 2 ** -24);

/** f32 in [minval, maxval). */
export function uniformOf(bits: Scalar, { minval = 0, maxval = 1 }: UniformOptions = {}): Scalar {
  const low = Math.fround(minval);
  const high = Math.fround(maxval);
  if (!(low <= high && Number.isFinite(Math.fround(high - low))))
    throw new RangeError(`no uniforms in [${minval}, ${maxval})`);
  if (low === 0 && high === 1) return unitOf(bits);
  if (low === high) return constant(low);
  // rounding in the scaling could give maxval itself
  return min(add(mul(unitOf(bits), high - low), low), floatBelow(high));
}

/** The next float32 below x. */
function floatBelow(x: number): number {
  const float = Float32Array.of(x);
  const bits = new Int32Array(float.buffer);
  bits[0] = x === 0 ? -0x7fffffff : bits[0]! + (x > 0 ? -1 : 1);
  return float[0]!;
}

// M. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied Statistics 37 (1988): the
// rational approximations of PPND7, good to 7 digits. Its third, for tails below 1.4e-11, is not needed for 32 bits.
const CENTRE_P = [3.3871327179, 50.434271938, 159.29113202, 59.10937472];
const CENTRE_Q = [1, 17.895169469, 78.757757664, 67.1875636];
const TAIL_P = [1.4234372777, 2.75681539, 1.3067284816, 0.17023821103];
const TAIL_Q = [1, 0.7370016425, 0.12021132975];

/** Sum of coefficients[k] x^k, by Horner's rule. */
const polynomial = (coefficients: readonly number[], x: Scalar): Scalar =>
  coefficients.map((c): Scalar => constant(c)).reduceRight((sum, coefficient) => add(mul(sum, x), coefficient));

/**
 * The z >= 0 that a normal variable exceeds with probability `tail`; `centre` is 1/2 - tail. Both are parameters, since each
 * is precise where the other is not. It avoids sines and cosines (Box-Muller), which are too imprecise in shaders.
 */
function upperQuantile(tail: Scalar, centre: Scalar): Scalar {
  const r = sub(0.180625, mul(centre, centre));
  const central = div(mul(centre, polynomial(CENTRE_P, r)), polynomial(CENTRE_Q, r));
  const s = sub(sqrt(neg(log(tail))), 1.6);
  const outer = div(polynomial(TAIL_P, s), polynomial(TAIL_Q, s));
  return select(lt(centre, 0.425), central, outer);
}

// Bit 0 is the sign; the other 31 bits are a number k, for the quantile (k + 1/2) / 2^31 of the sign's half. Converting k
// to float32 rounds, which changes a result by a part in 10^7, and never to 0 or infinity.
const SIZES = 2 ** 31;
const sizeOf = (bits: Scalar): Scalar => shiftRight(bits, 1);
const middleOf = (k: Scalar): Scalar => add(cast(k, 'f32'), 0.5);

function signedAndScaled(bits: Scalar, z: Scalar, { mean = 0, stdDev = 1 }: NormalOptions): Scalar {
  const signed = select(eq(and(bits, 1), 0), z, neg(z));
  const scaled = stdDev === 1 ? signed : mul(signed, stdDev);
  return mean === 0 ? scaled : add(scaled, mean);
}

/** f32, normally distributed; never beyond 6.4 standard deviations. */
export function normalOf(bits: Scalar, options: NormalOptions = {}): Scalar {
  const k = sizeOf(bits);
  const mirrored = xor(k, SIZES - 1);
  const tail = mul(middleOf(k), 0.5 / SIZES);
  const centre = mul(middleOf(mirrored), 0.5 / SIZES);
  return signedAndScaled(bits, upperQuantile(tail, centre), options);
}

/** P(0 < z < 2). */
const WITHIN_TWO = 0.47724986805182079;

/**
 * f32, normal restricted to two standard deviations: the distribution of redrawing all others, computed by the inverse of
 * the restricted distribution function. `stdDev` is that before the truncation; the result has 0.88 of it.
 */
export function truncatedNormalOf(bits: Scalar, options: NormalOptions = {}): Scalar {
  const centre = mul(middleOf(sizeOf(bits)), WITHIN_TWO / SIZES);
  return signedAndScaled(bits, min(upperQuantile(sub(0.5, centre), centre), 2), options);
}

/**
 * i32 in [minval, maxval), as the upper word of bits * (maxval - minval). The probabilities of two integers differ by at
 * most 2^-32, which is a part in 10^6 for a range of 4,000.
 */
export function intOf(bits: Scalar, { minval, maxval }: IntOptions): Scalar {
  const count = maxval - minval;
  const valid =
    Number.isInteger(minval) && Number.isInteger(maxval) && minval >= -SIZES && maxval <= SIZES && count > 0;
  if (!valid) throw new RangeError(`no int32 in [${minval}, ${maxval})`);
  // floor(bits * count / 2^32); for a count of 2^32 the bits themselves
  const offset = count === 2 ** 32 ? bits : mulHigh(bits, count);
  return add(cast(offset, 'i32'), minval);
}

// --- Draws on the host

/** 32 random bits for each of `length` elements. A stream is a u32. */
export function randomBits(state: RandomWords, stream: number, length: number): Uint32Array {
  const out = new Uint32Array(length);
  fillBits(drawKey(state, stream), out);
  return out;
}

/** Fills an array with draws of a distribution; a stream is a u32. */
export function draw<A extends NumberArray>(
  state: RandomWords,
  stream: number,
  distribution: (bits: Scalar) => Scalar,
  out: A,
): A {
  compileScalar(distribution(input(0, 'u32')))([randomBits(state, stream, out.length)], out.length, out);
  return out;
}

/** The integers below n, shuffled (Fisher-Yates): from the last i down, i swaps with one of [0, i] by the bits of i. */
export function permutation(state: RandomWords, stream: number, n: number): Int32Array {
  const bits = randomBits(state, stream, n);
  const out = new Int32Array(n);
  for (let i = 0; i < n; i++) out[i] = i;
  for (let i = n - 1; i > 0; i--) {
    const j = Math.floor(bits[i]! * 2 ** -32 * (i + 1));
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}

// --- Initializers

const hostDraw = (seed: number, length: number, distribution: (bits: Scalar) => Scalar): Float32Array =>
  draw(randomState(seed), HOST_STREAM, distribution, new Float32Array(length));

/** `length` float32s in [minval, maxval), by default in [0, 1), that depend only on the seed, for initializers. */
export const hostUniform = (seed: number, length: number, options?: UniformOptions): Float32Array =>
  hostDraw(seed, length, (bits) => uniformOf(bits, options));

/** `length` normals that depend only on the seed, for initializers; see `normalOf`. */
export const hostNormal = (seed: number, length: number, options?: NormalOptions): Float32Array =>
  hostDraw(seed, length, (bits) => normalOf(bits, options));

/** `length` normals within two standard deviations that depend only on the seed, for initializers; see `truncatedNormalOf`. */
export const hostTruncatedNormal = (seed: number, length: number, options?: NormalOptions): Float32Array =>
  hostDraw(seed, length, (bits) => truncatedNormalOf(bits, options));
