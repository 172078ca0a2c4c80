import { expect } from 'chai';
import fc from 'fast-check';
import { AttributeError } from '../../engine/errors.ts';
import {
  bitsScalar,
  hashSeed,
  hostNormal,
  hostTruncatedNormal,
  hostUniform,
  intOf,
  normalOf,
  permutation,
  randomBits,
  randomCounts,
  randomState,
  threefry2x32,
  threefryScalar,
  truncatedNormalOf,
  uniformOf,
  type WordPair,
} from '../../engine/random.ts';
import { scalar } from '../../engine/scalar/build.ts';
import { compileScalar, evaluateScalar } from '../../engine/scalar/evaluate.ts';
import { linearizeScalar, type Scalar } from '../../engine/scalar/expression.ts';
import { cpuSeconds } from '../support/cpu-time.ts';
import { randomInt, randomNormal, randomUniform, truncatedNormal, uniformBits } from '../support/draws.ts';

const word = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const pair = fc.tuple(word, word);

type Numbers = Float32Array | Float64Array | Uint32Array;
function mean(xs: Numbers): number {
  let sum = 0;
  for (const x of xs) sum += x;
  return sum / xs.length;
}
const moment = (xs: Float32Array, k: number): number => mean(Float64Array.from(xs, (x) => x ** k));
const largest = (xs: Float32Array): number => xs.reduce((m, x) => Math.max(m, x));

/** Sum of (observed - expected)^2 / expected. Its mean is the number of bins less 1, its variance twice that. */
const chiSquare = (counts: ArrayLike<number>, expected: number): number =>
  Array.from(counts).reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
/** Within four standard deviations. */
function expectUniformCounts(counts: ArrayLike<number>, draws: number): void {
  const freedom = counts.length - 1;
  expect(chiSquare(counts, draws / counts.length)).to.be.closeTo(freedom, 4 * Math.sqrt(2 * freedom));
}

describe('random numbers', () => {
  const state = randomState(1234567890123, 5);
  const N = 200_000;

  describe('Threefry-2x32', () => {
    // from the reference implementation's tests, as in JAX's
    const ones = 0xffffffff;
    const known: readonly (readonly [key: WordPair, block: WordPair, expected: WordPair])[] = [
      [
        [0, 0],
        [0, 0],
        [0x6b200159, 0x99ba4efe],
      ],
      [
        [ones, ones],
        [ones, ones],
        [0x1cb996fc, 0xbb002be7],
      ],
      [
        [0x13198a2e, 0x03707344],
        [0x243f6a88, 0x85a308d3],
        [0xc4923a9c, 0x483df7a0],
      ],
    ];
    const asScalars = ([a, b]: WordPair): readonly [Scalar, Scalar] => [
      scalar.constant(a, 'u32'),
      scalar.constant(b, 'u32'),
    ];
    const byExpression = (key: WordPair, block: WordPair): number[] =>
      threefryScalar(asScalars(key), asScalars(block)).map((expr) => evaluateScalar(expr));

    it('gives the known answers, by numbers and by expressions', () => {
      for (const [key, block, expected] of known) {
        expect(threefry2x32(key, block)).to.eql(expected);
        expect(byExpression(key, block)).to.eql(expected);
      }
    });

    it('is the same by numbers and by expressions for any words', () => {
      fc.assert(
        fc.property(pair, pair, (key, block) => void expect(byExpression(key, block)).to.eql(threefry2x32(key, block))),
      );
    });

    it('keys a draw by seed, counter and stream, and an element by its index', () => {
      const [seedHi, seedLo, counterHi, counterLo] = [0x12345, 0x9abcdef0, 0x0f0f, 0x1234];
      const run = threefry2x32([seedHi, seedLo], [counterHi, counterLo]);
      const draw = threefry2x32(run, [17, 0]);
      const from = randomState(seedHi * 2 ** 32 + seedLo, counterHi * 2 ** 24 + counterLo);
      expect([...randomBits(from, 17, 50)]).to.eql(Array.from({ length: 50 }, (_, i) => threefry2x32(draw, [i, 0])[0]));
    });
  });

  describe('the state', () => {
    it('has the words of seed and counter', () => {
      expect([...randomState(0)]).to.eql([0, 0, 0, 0]);
      expect([...randomState(2 ** 53 - 1, 2 ** 48 - 1)]).to.eql([2 ** 21 - 1, -1, 2 ** 24 - 1, 2 ** 24 - 1]);
      expect([...randomState(-1, 2 ** 24)]).to.eql([-1, -1, 1, 0]);
    });

    it('tells seed and counter', () => {
      for (const [seed, runs] of [
        [0, 0],
        [2 ** 53 - 1, 2 ** 48 - 1],
        [2 ** 31, 2 ** 24],
        [2 ** 32 + 7, 5],
      ] as const)
        expect(randomCounts(randomState(seed, runs))).to.eql({ seed, runs });
    });

    it('refuses what has no words', () => {
      for (const seed of [0.5, NaN, 2 ** 53])
        expect(() => randomState(seed)).to.throw(AttributeError, 'a seed must be a safe integer');
      for (const counter of [-1, 0.5, 2 ** 48])
        expect(() => randomState(1, counter)).to.throw(RangeError, 'a run counter');
    });
  });

  it('are pinned: these numbers never change', () => {
    expect([...randomBits(state, 3, 4)]).to.eql([397158706, 4160726708, 1198736727, 2291954072]);
    expect([...randomUniform(state, 3, 2)]).to.eql([0.09247070550918579, 0.9687446355819702]);
    expect([...randomUniform(state, 3, 2, { minval: -2, maxval: 3 })]).to.eql([
      -1.5376465320587158, 2.8437232971191406,
    ]);
    expect([...randomInt(state, 3, 6, { minval: -10, maxval: 10 })]).to.eql([-9, 9, -5, 0, 2, -9]);
    expect([...permutation(state, 3, 8)]).to.eql([4, 6, 5, 2, 7, 0, 1, 3]);
    const close = (actual: Float32Array, expected: number[]): void =>
      expected.forEach((value, k) => void expect(actual[k]! / value).to.be.closeTo(1, 1e-6));
    close(
      randomNormal(state, 3, 4),
      [1.6825060844421387, 0.039182767271995544, -1.0823373794555664, 0.6224635243415833],
    );
    close(
      truncatedNormal(state, 3, 4),
      [0.11084818840026855, 1.7784286737442017, -0.34034520387649536, 0.6892856955528259],
    );
    expect([hashSeed(1, 'W1'), hashSeed(1, 'W2'), hashSeed(2, 'W1'), hashSeed(0, '')]).to.eql([
      8558164816207526, 4271517120947303, 3884100019622192, 8888622204030496,
    ]);
    expect([...hostUniform(1, 2)]).to.eql([0.47703397274017334, 0.989983320236206]);
  });

  it('are the same on the host and by expressions of the state', () => {
    const bits = bitsScalar(3);
    const words = Array.from(state, (value) => [value]);
    const rows: readonly (readonly [expr: Scalar, host: ArrayLike<number>])[] = [
      [bits, randomBits(state, 3, 1000)],
      [uniformOf(bits), randomUniform(state, 3, 1000)],
      [uniformOf(bits, { minval: -3, maxval: 0.1 }), randomUniform(state, 3, 1000, { minval: -3, maxval: 0.1 })],
      [normalOf(bits), randomNormal(state, 3, 1000)],
      [normalOf(bits, { mean: 3, stdDev: 0.1 }), randomNormal(state, 3, 1000, { mean: 3, stdDev: 0.1 })],
      [truncatedNormalOf(bits), truncatedNormal(state, 3, 1000)],
      [
        intOf(bits, { minval: 5, maxval: 3e9 - 2 ** 31 }),
        randomInt(state, 3, 1000, { minval: 5, maxval: 3e9 - 2 ** 31 }),
      ],
    ];
    for (const [expr, host] of rows) {
      const out = new Array<number>(1000);
      compileScalar(expr)(words, 1000, out);
      expect(out).to.eql(Array.from(host));
      expect(evaluateScalar(expr, [...state], 999)).to.equal(host[999]);
    }
    expect(linearizeScalar([bits]).nodes.length).to.be.lessThan(350);
  });

  it('differ with seed, counter, stream and index', () => {
    const draws = [
      randomBits(state, 3, 1000),
      randomBits(state, 4, 1000),
      randomBits(randomState(1234567890123, 6), 3, 1000),
      randomBits(randomState(1234567890124, 5), 3, 1000),
    ];
    expect(new Set(draws.flatMap((draw) => [...draw])).size).to.equal(4000);
    expect([...randomBits(state, 3, 10)]).to.eql([...draws[0]!.subarray(0, 10)]);
  });

  describe('uniform', () => {
    const xs = randomUniform(state, 1, N);

    it('are multiples of 2^-24 in [0, 1)', () => {
      expect(xs.every((x) => x >= 0 && x < 1 && Number.isInteger(x * 2 ** 24))).to.equal(true);
      expect(xs).to.eql(Float32Array.from(randomBits(state, 1, N), uniformBits));
      expect([uniformBits(0), uniformBits(255), uniformBits(256), uniformBits(2 ** 32 - 1)]).to.eql([
        0,
        0,
        2 ** -24,
        1 - 2 ** -24,
      ]);
    });

    it('have the mean, the variance and the spread of the distribution', () => {
      expect(mean(xs)).to.be.closeTo(1 / 2, 4 * Math.sqrt(1 / 12 / N));
      expect(moment(xs, 2) - mean(xs) ** 2).to.be.closeTo(1 / 12, 4 * Math.sqrt(1 / 180 / N));
      const counts = new Uint32Array(100);
      for (const x of xs) counts[Math.floor(x * 100)]!++;
      expectUniformCounts(counts, N);
    });

    it('are independent of their neighbours', () => {
      const counts = new Uint32Array(100);
      for (let i = 0; i + 1 < N; i += 2) counts[10 * Math.floor(xs[i]! * 10) + Math.floor(xs[i + 1]! * 10)]!++;
      expectUniformCounts(counts, N / 2);
      const correlation = mean(xs.map((x, i) => (x - 0.5) * (xs[(i + 1) % N]! - 0.5) * 12));
      expect(correlation).to.be.closeTo(0, 4 / Math.sqrt(N));
    });

    it('have every bit set half the time', () => {
      const bits = randomBits(state, 2, N);
      for (let k = 0; k < 32; k++)
        expect(mean(bits.map((b) => (b >>> k) & 1))).to.be.closeTo(0.5, 4 * Math.sqrt(0.25 / N));
    });

    it('never reach maxval, whatever the rounding', () => {
      const bits = scalar.input(0, 'u32');
      for (const [minval, maxval] of [
        [1, 2],
        [-1, 0],
        [0, 1],
        [-5, -4],
        [16777215, 16777216],
        [-1e30, 1e30],
        [0, 1e-44],
      ] as const) {
        const at = (value: number): number => evaluateScalar(uniformOf(bits, { minval, maxval }), [value]);
        expect(at(0)).to.equal(Math.fround(minval));
        expect(at(2 ** 32 - 1)).to.be.within(Math.fround(minval), maxval);
        expect(at(2 ** 32 - 1)).to.be.lessThan(Math.fround(maxval));
      }
      expect([...randomUniform(state, 1, 2, { minval: 3, maxval: 3 })]).to.eql([3, 3]);
      for (const [minval, maxval] of [
        [1, 0],
        [NaN, 1],
        [0, Infinity],
        [-3e38, 3e38],
      ] as const) {
        expect(() => uniformOf(bits, { minval, maxval })).to.throw(RangeError, `no uniforms in [${minval}, ${maxval})`);
      }
    });
  });

  describe('normal', () => {
    const zs = randomNormal(state, 1, N);
    const bits = scalar.input(0, 'u32');
    const between = scalar.erf(scalar.mul(scalar.input(0), Math.SQRT1_2));
    /** P(|Z| < z), and its derivative. */
    const within = (z: number): number => evaluateScalar(between, [z], 0, 'float64');
    const density = (z: number): number => Math.sqrt(2 / Math.PI) * Math.exp((-z * z) / 2);

    it('have the moments of the distribution', () => {
      expect(mean(zs)).to.be.closeTo(0, 4 / Math.sqrt(N));
      expect(moment(zs, 2)).to.be.closeTo(1, 4 * Math.sqrt(2 / N));
      expect(moment(zs, 3)).to.be.closeTo(0, 4 * Math.sqrt(15 / N));
      expect(moment(zs, 4)).to.be.closeTo(3, 4 * Math.sqrt(96 / N));
    });

    it('have its tails', () => {
      for (const z of [1, 2, 3, 4]) {
        const outside = 1 - within(z);
        for (const tail of [zs.filter((x) => x > z), zs.filter((x) => x < -z)]) {
          expect(tail.length).to.be.closeTo((N * outside) / 2, 4 * Math.sqrt((N * outside) / 2));
        }
      }
    });

    it('invert the distribution function to 1e-6', () => {
      const quantile = compileScalar(normalOf(bits));
      const some = [0, 1, 2, 3, 2 ** 31, 2 ** 32 - 1, 2 ** 32 - 2, 2 ** 32 - 1000, ...randomBits(state, 9, 20_000)];
      const out = new Float32Array(some.length);
      quantile([some], some.length, out);
      for (const [i, value] of some.entries()) {
        const z = Math.abs(out[i]!);
        const outside = ((value >>> 1) + 0.5) / 2 ** 31;
        expect(Math.sign(out[i]!)).to.equal(value % 2 === 0 ? 1 : -1);
        expect(Math.abs(1 - outside - within(z)) / density(z) / z, `${value}`).to.be.lessThan(1e-6);
      }
    });

    it('are finite and not 0 at the ends', () => {
      const at = (value: number): number => evaluateScalar(normalOf(bits), [value]);
      expect(at(0)).to.be.within(6.2, 6.4);
      expect(at(1)).to.equal(-at(0));
      expect(at(2 ** 32 - 2)).to.be.within(1e-10, 1e-9);
      expect(at(2 ** 32 - 1)).to.be.within(-1e-9, -1e-10);
      expect(zs.every(Number.isFinite)).to.equal(true);
    });

    it('take a mean and a deviation', () => {
      const scaled = randomNormal(state, 1, N, { mean: -3, stdDev: 0.5 });
      expect(scaled).to.eql(zs.map((z) => Math.fround(z * 0.5) - 3));
    });

    it('truncated, stay within two deviations and have the moments of that', () => {
      const ts = truncatedNormal(state, 1, N);
      expect(largest(ts.map(Math.abs))).to.be.within(1.999, 2);
      // with phi(2) and P(0 < z < 2): 1 - 2 phi(2) / P
      const variance = 1 - (2 * density(2)) / within(2);
      expect(mean(ts)).to.be.closeTo(0, 4 * Math.sqrt(variance / N));
      expect(moment(ts, 2)).to.be.closeTo(variance, 4 * Math.sqrt(1 / N));
      const shares = new Float64Array(N);
      compileScalar(between, 'float64')([ts.map(Math.abs)], N, shares);
      const counts = new Uint32Array(50);
      for (const share of shares) counts[Math.min(49, Math.floor((share / within(2)) * 50))]!++;
      expectUniformCounts(counts, N);
      const at = (value: number): number => evaluateScalar(truncatedNormalOf(bits), [value]);
      expect([at(2 ** 32 - 2), at(2 ** 32 - 1)]).to.eql([2, -2]);
      expect(at(0)).to.be.within(1e-10, 1e-9);
    });
  });

  describe('int', () => {
    it('are uniform in the range', () => {
      const counts = new Uint32Array(7);
      for (const k of randomInt(state, 1, N, { minval: -3, maxval: 4 })) counts[k + 3]!++;
      expectUniformCounts(counts, N);
    });

    it('reach both ends of any range', () => {
      const bits = scalar.input(0, 'u32');
      for (const [minval, maxval] of [
        [0, 1],
        [-5, 7],
        [-(2 ** 31), 2 ** 31],
        [0, 2 ** 31],
        [-(2 ** 31), 2 ** 31 - 1],
      ] as const) {
        const at = (value: number): number => evaluateScalar(intOf(bits, { minval, maxval }), [value]);
        expect([at(0), at(2 ** 32 - 1)]).to.eql([minval, maxval - 1]);
      }
      for (const [minval, maxval] of [
        [3, 3],
        [0.5, 2],
        [0, 2 ** 31 + 1],
      ] as const) {
        expect(() => intOf(bits, { minval, maxval })).to.throw(RangeError, `no int32 in [${minval}, ${maxval})`);
      }
    });
  });

  describe('permutation', () => {
    it('is one', () => {
      for (const n of [0, 1, 2, 10, 5000]) {
        expect([...permutation(state, 1, n)].sort((a, b) => a - b)).to.eql(Array.from({ length: n }, (_, i) => i));
      }
    });

    it('gives each order alike', () => {
      const counts = new Map<string, number>();
      const draws = 24_000;
      for (let stream = 0; stream < draws; stream++) {
        const order = permutation(state, stream, 4).join('');
        counts.set(order, (counts.get(order) ?? 0) + 1);
      }
      expect(counts.size).to.equal(24);
      expectUniformCounts([...counts.values()], draws);
    });
  });

  describe('for initializers', () => {
    it('depend on the seed alone, and are no draw of an op', () => {
      expect(hostNormal(7, 100)).to.eql(hostNormal(7, 100));
      expect(hostNormal(7, 100)).to.not.eql(hostNormal(8, 100));
      expect(hostUniform(7, 100)).to.not.eql(randomUniform(randomState(7), 0, 100));
      expect(mean(hostUniform(7, N, { minval: 1, maxval: 3 }))).to.be.closeTo(2, 0.01);
      expect(moment(hostNormal(7, N, { stdDev: 2 }), 2)).to.be.closeTo(4, 0.06);
      expect(largest(hostTruncatedNormal(7, N, { stdDev: 0.5 }))).to.be.within(0.999, 1);
    });

    it('hashed seeds are safe integers that depend on every letter', () => {
      const names = ['', 'a', 'b', 'aa', 'ab', 'ba', 'a\0', '\0a', 'W', 'W1', 'é', '\u{1f600}'];
      const seeds = [0, 1, -1, 2 ** 53 - 1].flatMap((seed) => names.map((name) => hashSeed(seed, name)));
      expect(new Set(seeds).size).to.equal(seeds.length);
      expect(seeds.every((seed) => Number.isSafeInteger(seed) && seed >= 0)).to.equal(true);
    });
  });

  it('fill a million elements quickly', async () => {
    const seconds = async (fill: () => unknown): Promise<number> =>
      Math.min(await cpuSeconds(fill), await cpuSeconds(fill), await cpuSeconds(fill));
    // generous: some 0.03 and 0.13 on an idle machine
    expect(await seconds(() => randomUniform(state, 1, 1e6))).to.be.lessThan(0.5);
    expect(await seconds(() => randomNormal(state, 1, 1e6))).to.be.lessThan(1);
  });
});
