// The generated code of the wasm backend, over all kinds of matrix products, and over the whole range of float32.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import { wasm } from '../../backends/wasm/module.ts';
import { scalar } from '../../engine/scalar/build.ts';
import { compileScalar } from '../../engine/scalar/evaluate.ts';
import { compile, Graph, type Sym } from '../../index.node.ts';
import { add, erf, exp, log, matMul, relu, sigmoid, tanh } from '../../ops/index.ts';
import { runs } from '../support/properties.ts';
import { SEED } from '../support/seed.ts';

const WITHOUT_SIMD = fileURLToPath(new URL('../support/wasm-results.ts', import.meta.url));

/** A product: sizes, batches of both operands, flags, and what is fused. */
interface Product {
  readonly sizes: readonly [rows: number, terms: number, columns: number];
  readonly batches: readonly [readonly number[], readonly number[]];
  readonly transposed: readonly [boolean, boolean];
  readonly fused: boolean;
}

const size = (most: number) => fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 10, max: most }));
const products: fc.Arbitrary<Product> = fc.record({
  sizes: fc.tuple(size(70), size(40), size(40)),
  batches: fc.constantFrom<Product['batches']>([[], []], [[3], []], [[], [2]], [[2, 3], [3]], [[1], [4]]),
  transposed: fc.tuple(fc.boolean(), fc.boolean()),
  fused: fc.boolean(),
});

/** Integers, whose sums are exact in any order. */
const integers = (length: number, seed: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => ((i * 7 + seed * 5) % 17) - 8);

const count = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1);

/** The product by its definition, of matrices that repeat along the batch. */
function byDefinition(
  { sizes: [m, n, p], transposed: [ta, tb] }: Product,
  a: Float32Array,
  b: Float32Array,
  of: number,
) {
  const y = new Float32Array(of * m * p);
  for (let k = 0; k < of; k++)
    for (let i = 0; i < m; i++)
      for (let j = 0; j < p; j++) {
        let sum = 0;
        for (let t = 0; t < n; t++)
          sum +=
            a[(k * m * n + (ta ? t * m + i : i * n + t)) % a.length]! *
            b[(k * n * p + (tb ? j * n + t : t * p + j)) % b.length]!;
        y[(k * m + i) * p + j] = sum;
      }
  return y;
}

/** Functions with their definitions in double precision. */
const FUNCTIONS: Readonly<Record<string, readonly [(x: Sym) => Sym, (x: number) => number]>> = {
  erf: [erf, doubleErf()],
  exp: [exp, Math.exp],
  log: [log, Math.log],
  sigmoid: [sigmoid, (x) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)))],
  tanh: [tanh, Math.tanh],
};

function doubleErf(): (x: number) => number {
  const evaluate = compileScalar(scalar.erf(scalar.input(0)), 'float64');
  const [from, to] = [new Float64Array(1), new Float64Array(1)];
  return (x) => {
    from[0] = x;
    evaluate([from], 1, to);
    return to[0]!;
  };
}

/** Floats over the whole range, equally far apart as bits. */
function spread(length: number, seed: number): Float32Array {
  const step = Math.floor(2 ** 32 / length);
  return new Float32Array(Int32Array.from({ length }, (_, i) => -(2 ** 31) + i * step + (seed % step)).buffer);
}

/** The distance of float32s near a number. */
const ulp = (x: number): number => 2 ** (Math.max(-126, Math.floor(Math.log2(Math.abs(x)))) - 23);

describe('the code of wasm', () => {
  before(() => wasm.start());

  it('multiplies matrices of any sizes, transposed, batched, with a bias and a relu', async () => {
    await fc.assert(
      fc.asyncProperty(products, async (product) => {
        const { sizes, batches, transposed, fused } = product;
        const [m, n, p] = sizes;
        const shapes = [
          [...batches[0], ...(transposed[0] ? [n, m] : [m, n])],
          [...batches[1], ...(transposed[1] ? [p, n] : [n, p])],
        ] as const;
        const [a, b, bias] = [integers(count(shapes[0]), 1), integers(count(shapes[1]), 2), integers(p, 3)];
        const g = new Graph();
        const [x, w, c] = [g.placeholder('a', shapes[0]), g.placeholder('b', shapes[1]), g.placeholder('bias', [p])];
        const y = matMul(x, w, ...transposed);
        const program = await compile({ y: fused ? relu(add(y, c)) : y }, { backend: wasm });
        const { data } = program.runSync({ a, b, ...(fused && { bias }) }).y;
        program.dispose();
        const of = count(batches[0].length > batches[1].length ? batches[0] : batches[1]);
        const expected = byDefinition(product, a, b, of);
        if (fused) for (let i = 0; i < expected.length; i++) expected[i] = Math.max(0, expected[i]! + bias[i % p]!);
        expect([...data]).to.deep.equal([...expected].map((v) => v + 0));
      }),
      runs(4),
    );
  });

  for (const [name, [build, definition]] of Object.entries(FUNCTIONS))
    it(`computes ${name} within 2.5 ulp`, async () => {
      const g = new Graph();
      const program = await compile({ y: build(g.placeholder('x', ['$n'])) }, { backend: wasm });
      const x = spread(2 ** 18 + 3, SEED);
      const { data } = program.runSync({ x }).y;
      program.dispose();
      const faults = [...x].flatMap((value, i) => {
        const [expected, found] = [definition(value), data[i]!];
        const rounded = Math.fround(expected);
        const isRight =
          Number.isFinite(rounded) && Number.isFinite(found)
            ? Math.abs(found - expected) <= 2.5 * ulp(expected)
            : Object.is(found, rounded);
        return isRight ? [] : [`${name}(${value}): ${found}, not ${rounded}`];
      });
      expect(faults.slice(0, 10)).to.deep.equal([]);
    });

  it('is not needed: without SIMD the results are the same', async () => {
    const run = async (...args: string[]) => {
      const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, WITHOUT_SIMD, ...args]);
      return JSON.parse(stdout) as Readonly<Record<string, number[]>>;
    };
    const [found, expected] = await Promise.all([run('--without-simd'), run()]);
    for (const [name, values] of Object.entries(expected))
      for (const [i, value] of values.entries())
        expect(found[name]![i], name).to.be.closeTo(value, 1e-6 * Math.max(1, Math.abs(value)));
  });
});
