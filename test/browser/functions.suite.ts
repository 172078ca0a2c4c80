/** What shaders compute coarsely, or differently at 0 and beyond, and values of many elements: held to double precision. */
import { expect } from 'chai';
import { type Backend, compile, Graph, type Sym, type TypedArray } from '../../engine/index.ts';
import { cast, cos, div, log, log1p, reshape, sin, sub, sum, tan } from '../../ops/index.ts';
import { startBackends } from './parameters.ts';

const POINTS = 4000;

/** What the backend makes of the values. */
async function on(backend: Backend, f: (x: Sym) => Sym, data: Float32Array | Int32Array): Promise<TypedArray> {
  const g = new Graph();
  const dtype = data instanceof Int32Array ? 'int32' : 'float32';
  const x = g.placeholder('x', ['$n'], dtype);
  const program = await compile({ y: f(x) }, { backend });
  try {
    return (await program.run({ x: { data, shape: [data.length], dtype } })).y.data;
  } finally {
    program.dispose();
  }
}

const grid = (from: number, to: number): Float32Array =>
  Float32Array.from({ length: POINTS }, (_, i) => from + ((to - from) * i) / (POINTS - 1));

/** Positive values of every size, negative powers of ten and positive. */
const sizes = (from: number, to: number): Float32Array => grid(from, to).map((power) => 10 ** power);

interface Held {
  readonly f: (x: Sym) => Sym;
  readonly reference: (x: number) => number;
  readonly at: Float32Array;
  /** How far off results may be, relative to their size or to the least. */
  readonly tolerance: number;
  readonly least: number;
}

const STORED: Readonly<Record<string, Held>> = {
  'sines of up to 1,000': { f: sin, reference: Math.sin, at: grid(-1000, 1000), tolerance: 2e-7, least: 1 },
  'sines of up to 10,000': { f: sin, reference: Math.sin, at: grid(-1e4, 1e4), tolerance: 2e-7, least: 1 },
  'sines of little': { f: sin, reference: Math.sin, at: sizes(-30, 0), tolerance: 3e-7, least: 0 },
  'cosines of up to 1,000': { f: cos, reference: Math.cos, at: grid(-1000, 1000), tolerance: 2e-7, least: 1 },
  'cosines of up to 10,000': { f: cos, reference: Math.cos, at: grid(-1e4, 1e4), tolerance: 2e-7, least: 1 },
  'tangents of up to 1.5': { f: tan, reference: Math.tan, at: grid(-1.5, 1.5), tolerance: 1e-6, least: 0 },
  'logarithms of all sizes': { f: log, reference: Math.log, at: sizes(-37, 38), tolerance: 3e-7, least: 0 },
  'logarithms near 1': { f: log, reference: Math.log, at: grid(0.99, 1.01), tolerance: 3e-7, least: 0 },
  'log1p of little': { f: log1p, reference: Math.log1p, at: sizes(-30, 0), tolerance: 3e-7, least: 0 },
  'log1p of up to 0': { f: log1p, reference: Math.log1p, at: grid(-0.999, 0), tolerance: 3e-7, least: 0 },
  'log1p of much': { f: log1p, reference: Math.log1p, at: sizes(0, 38), tolerance: 3e-7, least: 0 },
};

describe('functions of floats', () => {
  let backend: Backend;
  before(async () => {
    ({ backend } = await startBackends());
  });

  for (const [name, { f, reference, at, tolerance, least }] of Object.entries(STORED))
    it(`${name} are right to ${tolerance}`, async () => {
      const actual = await on(backend, f, at);
      const errors = Array.from(at, (x, i) => {
        const expected = reference(x);
        const error = Math.abs(actual[i]! - expected);
        return error === 0 ? 0 : error / Math.max(least, Math.abs(expected));
      });
      const worst = errors.reduce((most, error, i) => (error <= errors[most]! ? most : i), 0);
      expect(errors[worst]!, `at ${at[worst]}: ${actual[worst]}`).to.be.at.most(tolerance);
    });

  for (const [name, f] of Object.entries({ sin, cos, tan }))
    it(`${name} of what is no number, or infinite, is no number; of anything else it is finite`, async () => {
      const [a, b, c, ...rest] = await on(backend, f, Float32Array.of(NaN, Infinity, -Infinity, 0, 1e6, 1e20, -3e38));
      expect([a, b, c]).to.deep.equal([NaN, NaN, NaN]);
      expect(rest.every(Number.isFinite), rest.join(', ')).to.equal(true);
    });

  it('logarithms are infinite at the ends, and no numbers below', async () => {
    const at = Float32Array.of(0, -0, -1, -Infinity, Infinity, NaN, 1);
    expect([...(await on(backend, log, at))]).to.deep.equal([-Infinity, -Infinity, NaN, NaN, Infinity, NaN, 0]);
    const next = at.map((x) => x - 1);
    expect([...(await on(backend, log1p, next))]).to.deep.equal([-Infinity, -Infinity, NaN, NaN, Infinity, NaN, 0]);
  });

  it('logarithms of subnormal numbers are theirs, or that of 0, for which a device may take them', async () => {
    const at = Float32Array.of(1e-40, 1.4e-45);
    const actual = await on(backend, log, at);
    const off = at.findIndex((x, i) => actual[i] !== -Infinity && Math.abs(actual[i]! - Math.log(x)) > 1e-5);
    expect(off, actual.join(', ')).to.equal(-1);
  });
});

describe('quotients', () => {
  it('of zeros or infinities are no numbers, of other equal operands 1', async () => {
    const { backend } = await startBackends();
    const at = Float32Array.of(0, Infinity, -Infinity, NaN, 3, 1e-30);
    expect([...(await on(backend, (x) => div(x, x), at))]).to.deep.equal([NaN, NaN, NaN, NaN, 1, 1]);
    const fromZero = Float32Array.of(-1, 0, 2);
    expect([...(await on(backend, (x) => div(x, sub(x, x)), fromZero))]).to.deep.equal([-Infinity, NaN, Infinity]);
  });

  for (const shape of [[27], [3, 9], [3, 3, 3], [3, 1, 3, 3], [1, 3, 1, 3, 3]])
    it(`of the shape ${shape.join(' x ')} are computed where there are elements, and nowhere else`, async () => {
      const { backend } = await startBackends();
      const at = Float32Array.from({ length: 27 }, (_, i) => i + 1);
      const halves = (x: Sym): Sym => div(reshape(x, shape), 2);
      expect([...(await on(backend, (x) => reshape(halves(x), [27]), at))]).to.deep.equal([...at.map((v) => v / 2)]);
      const ones = (x: Sym): Sym => div(reshape(x, shape), reshape(x, shape));
      expect([...(await on(backend, (x) => sum(ones(x)), at))]).to.deep.equal([27]);
    });
});

describe('values of many elements', () => {
  it('are computed to the end', async () => {
    const { backend } = await startBackends();
    // more than a WebGPU device has workgroups of 64 for in one direction
    const data = Int32Array.from({ length: 5_000_000 }, (_, i) => i);
    const actual = await on(backend, (x) => cast(x, 'float32'), data);
    expect(actual.length).to.equal(data.length);
    expect(data.findIndex((value, i) => actual[i] !== value)).to.equal(-1);
  });
});
