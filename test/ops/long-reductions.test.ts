/** Sums of many positive terms keep their digits: relative errors of at most 1e-6 + 1e-7 log2(n), against double precision. */
import { expect } from 'chai';
import { compile, Graph, type Sym } from '../../index.node.ts';
import * as ops from '../../ops/index.ts';
import { globalNorm } from '../../plugins/optimizers/index.ts';
import { FULL } from '../support/effort.ts';
import { HERE } from '../support/here.ts';

const N = 2 ** 20;

interface Case {
  readonly shape: readonly number[];
  readonly f: (x: Sym) => Sym;
  /** What f is of elements x, from their sum and the sum of their squares, both in double precision. */
  readonly of: (sum: number, squares: number, n: number) => number;
}
const total = (s: number): number => s;

const CASES: Readonly<Record<string, Case>> = {
  'sum of all': { shape: [N], f: (x) => ops.sum(x), of: total },
  'sum along the last axis': { shape: [1, N], f: (x) => ops.sum(x, 1), of: total },
  'sum along the first axis': { shape: [N, 1, 1], f: (x) => ops.sum(x, 0), of: total },
  'sum of columns': { shape: [N / 4, 4], f: (x) => ops.sum(ops.sum(x, 0), 0), of: total },
  'sum of both ends': { shape: [N / 8, 2, 4], f: (x) => ops.sum(ops.sum(x, [0, 2])), of: total },
  mean: { shape: [N], f: (x) => ops.mean(x), of: (s, _, n) => s / n },
  'mean of columns': { shape: [N / 4, 4], f: (x) => ops.mean(ops.mean(x, 0)), of: (s, _, n) => s / n },
  variance: {
    shape: [N],
    f: (x) => ops.moments(ops.sub(ops.mul(2, x), x)).variance,
    of: (s, q, n) => q / n - (s / n) ** 2,
  },
  'norm of order 1': { shape: [N], f: (x) => ops.norm(x, 1), of: total },
  norm: { shape: [N], f: (x) => ops.norm(x), of: (_, q) => Math.sqrt(q) },
  globalNorm: { shape: [N], f: (x) => globalNorm([x, x]), of: (_, q) => Math.sqrt(2 * q) },
  logSumExp: { shape: [N], f: (x) => ops.exp(ops.logSumExp(ops.log(x))), of: total },
  absoluteDifference: {
    shape: [N],
    f: (x) => ops.losses.absoluteDifference(ops.zerosLike(x), x),
    of: (s, _, n) => s / n,
  },
  meanSquaredError: {
    shape: [N],
    f: (x) => ops.losses.meanSquaredError(ops.zerosLike(x), x),
    of: (_, q, n) => q / n,
  },
  halfSquaredError: {
    shape: [N],
    f: (x) => ops.losses.halfSquaredError(ops.zerosLike(x), x),
    of: (_, q) => q / 2,
  },
  'weighted loss': {
    shape: [N],
    f: (x) => ops.losses.computeWeightedLoss(x, ops.onesLike(x), ops.losses.Reduction.MEAN),
    of: (s, _, n) => s / n,
  },
};

const DATA: Readonly<Record<string, (i: number) => number>> = {
  'equal terms': () => 0.1,
  'terms of many sizes': (i) => ((i * 2654435761) % 4294967296) / 4294967296 + 2 ** -10,
};

for (const backend of HERE) {
  describe(`long reductions on ${backend.name}`, () => {
    for (const [terms, at] of Object.entries(DATA)) {
      const data = Float32Array.from({ length: N }, (_, i) => at(i));
      const sums = { sum: 0, squares: 0 };
      for (const x of data) {
        sums.sum += x;
        sums.squares += x * x;
      }
      for (const [name, { shape, f, of }] of Object.entries(CASES)) {
        // equal terms have no variance but that of their rounding
        if (name === 'variance' && terms === 'equal terms') continue;
        it(`${name}, ${terms}`, async function () {
          this.timeout(60_000);
          const g = new Graph();
          const program = await compile({ y: f(g.placeholder('x', shape)) }, { backend });
          try {
            const y = (await program.run({ x: { data, shape, dtype: 'float32' } })).y.item();
            const expected = of(sums.sum, sums.squares, N);
            expect(Math.abs(y / expected - 1)).to.be.at.most(1e-6 + 1e-7 * Math.log2(N));
          } finally {
            program.dispose();
          }
        });
      }
    }

    if (FULL)
      it('a mean of 2^25 ones is 1', async function () {
        this.timeout(60_000);
        const g = new Graph();
        const program = await compile({ y: ops.mean(g.placeholder('x', [2 ** 25])) }, { backend });
        const data = new Float32Array(2 ** 25).fill(1);
        expect((await program.run({ x: { data, shape: [2 ** 25], dtype: 'float32' } })).y.item()).to.equal(1);
        program.dispose();
      });
  });
}
