/** Linear algebra on random matrices of many sizes: what factors, solutions and inverses are defined by; and third order. */
import { expect } from 'chai';
import fc from 'fast-check';
import { cpu } from '../../backends/cpu/module.ts';
import {
  AttributeError,
  type Backend,
  compile,
  type DimLike,
  DTypeError,
  Graph,
  gradients,
  ShapeError,
  type Sym,
} from '../../engine/index.ts';
import { hostUniform } from '../../engine/random.ts';
import { abs, add, div, eye, linalg, matMul, max, mul, oneHot, reshape, sub, sum } from '../../ops/index.ts';
import { HERE } from '../support/here.ts';
import { caught, expectClose } from '../support/values.ts';

interface Matrix {
  readonly data: Float32Array;
  readonly shape: readonly number[];
  readonly dtype: 'float32';
}
const random = (seed: number, ...shape: number[]): Matrix => ({
  data: hostUniform(
    seed,
    shape.reduce((a, b) => a * b, 1),
    { minval: -1, maxval: 1 },
  ),
  shape,
  dtype: 'float32',
});

/** What `build` makes of matrices of which the graph knows the last two dims. */
async function valuesOf<K extends string>(
  backend: Backend,
  matrices: readonly Matrix[],
  build: (...inputs: Sym[]) => Record<K, Sym>,
): Promise<Record<K, ArrayLike<number>>> {
  const g = new Graph();
  const inputs = matrices.map(({ shape }, k) =>
    g.placeholder(
      `x${k}`,
      shape.map((d, i): DimLike => (i < shape.length - 2 ? `$b${i}` : d)),
    ),
  );
  const before = backend.memory().buffers;
  const program = await compile(build(...inputs), { backend });
  const results = await program.run(Object.fromEntries(matrices.map((m, k) => [`x${k}`, m])));
  program.dispose();
  expect(backend.memory().buffers, 'buffers').to.equal(before);
  const entries = Object.entries(results) as [K, { data: ArrayLike<number> }][];
  return Object.fromEntries(entries.map(([name, { data }]) => [name, data])) as Record<K, ArrayLike<number>>;
}

/** The largest element of each error. Errors are rounding, of numbers near 1 and sums of a dozen of them. */
function expectSmall(errors: Record<string, ArrayLike<number>>, limit = 1e-5): void {
  for (const [what, data] of Object.entries(errors))
    for (const error of Array.from(data)) expect(error, what).to.be.at.most(limit);
}
const largest = (x: Sym): Sym => max(abs(x));
const transposed = linalg.matrixTranspose;

const size = fc.integer({ min: 1, max: 12 });
const batch = fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 2 });
const seed = fc.nat(1e6);
const RUNS = 15;

for (const backend of HERE) {
  describe(`linalg on ${backend.name}`, () => {
    before(() => backend.start());

    const forAll = (check: (n: number, m: number, batch: readonly number[], seed: number) => Promise<void>) =>
      fc.assert(
        fc.asyncProperty(size, size, batch, seed, (n, m, b, s) => check(n, m, b, s)),
        { numRuns: RUNS },
      );

    it('factors positive definite matrices: L L^T', () =>
      forAll(async (n, m, b, s) => {
        const errors = await valuesOf(backend, [random(s, ...b, n, m)], (x) => {
          const a = add(matMul(x, x, false, true), eye(n));
          const l = linalg.cholesky(a);
          return {
            'L L^T - A': largest(sub(matMul(l, l, false, true), a)),
            'above the diagonal': largest(sub(l, linalg.bandPart(l, -1, 0))),
          };
        });
        expectSmall(errors);
      }));

    it('factors matrices of any shape: Q R', () =>
      forAll(async (n, m, b, s) => {
        for (const full of [false, true]) {
          const errors = await valuesOf(backend, [random(s, ...b, m, n)], (a) => {
            const [q, r] = linalg.qr(a, full);
            return {
              'Q R - A': largest(sub(matMul(q, r), a)),
              'Q^T Q - I': largest(sub(matMul(q, q, true, false), eye(q.shape.at(-1)!))),
              'R below the diagonal': largest(sub(r, linalg.bandPart(r, 0, -1))),
            };
          });
          expectSmall(errors);
        }
      }));

    it('factors square matrices, however ill conditioned: P^T L U', () =>
      forAll(async (n, _m, b, s) => {
        const { sizes, ...errors } = await valuesOf(backend, [random(s, ...b, n, n)], (a) => {
          const [factors, p] = linalg.lu(a);
          const u = linalg.bandPart(factors, 0, -1);
          const l = linalg.setDiag(linalg.bandPart(factors, -1, 0), 1);
          const rows = matMul(oneHot(p, n, 1, 0, 'float32'), a);
          return { sizes: largest(l), 'L U - P A': largest(sub(matMul(l, u), rows)) };
        });
        expectSmall(errors);
        expect(sizes[0], 'a multiplier').to.be.at.most(1);
      }));

    it('solves systems, with a residual that is rounding', () =>
      forAll(async (n, m, b, s) => {
        for (const adjoint of [false, true]) {
          const errors = await valuesOf(backend, [random(s, ...b, n, n), random(s + 1, ...b, n, m)], (a, rhs) => {
            const x = linalg.solve(a, rhs, adjoint);
            const t = linalg.triangularSolve(a, rhs, true, adjoint);
            const residual = (matrix: Sym, y: Sym): Sym => sub(matMul(matrix, y, adjoint), rhs);
            return {
              'A x - b': relative(residual(a, x), x),
              'L x - b': relative(residual(linalg.bandPart(a, -1, 0), t), t),
            };
          });
          expectSmall(errors);
        }
      }));

    it('inverts, and finds determinants in three ways', () =>
      forAll(async (n, _m, b, s) => {
        const errors = await valuesOf(backend, [random(s, ...b, n, n)], (x) => {
          const a = add(mul(x, 0.5 / n), eye(n));
          const { sign, logAbsDeterminant } = linalg.slogdet(a);
          const d = linalg.det(a);
          const symmetric = matMul(a, a, false, true);
          return {
            'A inv(A) - I': largest(sub(matMul(a, linalg.inv(a)), eye(n))),
            'inv(A) A - I': largest(sub(matMul(linalg.inv(a), a), eye(n))),
            'A adj(A) - det(A) I': largest(sub(matMul(a, linalg.adjugate(a)), mul(perMatrix(d), eye(n)))),
            'sign - 1': largest(sub(sign, 1)),
            'log det(A A^T) - 2 log |det(A)|': largest(sub(linalg.logdet(symmetric), mul(2, logAbsDeterminant))),
          };
        });
        expectSmall(errors, 2e-5);
      }));

    it('makes vectors orthonormal, and solves least squares: what is left is orthogonal to all columns', () =>
      forAll(async (n, m, b, s) => {
        const [few, many] = [Math.min(n, m), Math.max(n, m)];
        const errors = await valuesOf(backend, [random(s, ...b, few, many), random(s + 1, ...b, many, 2)], (x, rhs) => {
          const a = add(mul(0.3, x), eye(few, many));
          const y = linalg.gramSchmidt(a);
          const tall = transposed(a);
          const left = sub(rhs, matMul(tall, linalg.lstsq(tall, rhs)));
          return {
            'Y Y^T - I': largest(sub(matMul(y, y, false, true), eye(few))),
            'A^T (A x - b)': largest(matMul(tall, left, true, false)),
          };
        });
        expectSmall(errors, 5e-5);
      }));

    it('knows the gradient of the determinant of a singular matrix: its cofactors', async () => {
      // of rank 2: its last row is the sum of the others
      const rows = [
        [1, 2, -1],
        [0, 3, 1],
        [1, 5, 0],
      ];
      const matrix: Matrix = { data: Float32Array.from(rows.flat()), shape: [3, 3], dtype: 'float32' };
      const { d, g } = await valuesOf(backend, [matrix], (x) => {
        const y = linalg.det(x);
        return { d: y, g: gradients(y, x) };
      });
      expectClose(d, [0]);
      expectClose(g, [-5, 1, -3, -5, 1, -3, 5, -1, 3]);
    });

    it('differentiates three times', async () => {
      // of 1 by 1 matrices these are functions of a number
      const functions: Readonly<Record<string, readonly [f: (x: Sym) => Sym, third: number]>> = {
        sqrt: [(x) => linalg.cholesky(x), 0.375 * 4 ** -2.5],
        reciprocal: [(x) => linalg.inv(x), -6 / 4 ** 4],
        quotient: [(x) => linalg.solve(x, [[2]]), -12 / 4 ** 4],
        'by a triangle': [(x) => linalg.triangularSolve(x, [[2]]), -12 / 4 ** 4],
        log: [(x) => linalg.slogdet(x).logAbsDeterminant, 2 / 4 ** 3],
        cube: [(x) => linalg.det(mul(x, eye(3))), 6],
        signed: [(x) => mul(linalg.qr(x)[1], mul(x, x)), -6],
      };
      const x: Matrix = { data: Float32Array.of(4), shape: [1, 1], dtype: 'float32' };
      const third = (f: (x: Sym) => Sym) => (s: Sym) => ({
        y: [1, 2, 3].reduce((y) => gradients(y, s, { unconnected: 'zeros' }), sum(f(s))),
      });
      for (const [name, [f, expected]] of Object.entries(functions)) {
        const { y } = await valuesOf(backend, [x], third(f));
        expect(y[0], name).to.be.closeTo(expected, 1e-4 * Math.max(1, Math.abs(expected)));
      }
    });
  });
}

/** A residual, relative to the size of the solution. */
const relative = (residual: Sym, x: Sym): Sym => div(largest(residual), add(1, largest(x)));
/** A number for each matrix, as it is broadcast. */
const perMatrix = (x: Sym): Sym => reshape(x, [...x.shape, 1, 1]);

describe('linalg', () => {
  const of = (build: (x: Sym) => unknown, shape: DimLike[], dtype: 'float32' | 'bool' = 'float32') =>
    caught(() => build(new Graph().placeholder('x', shape, dtype)));

  it('wants to know the rows and columns of a matrix, but not the batch', () => {
    for (const f of [linalg.cholesky, linalg.inv, linalg.det, linalg.slogdet, linalg.lu, linalg.adjugate]) {
      expect(of(f, ['$n', '$n']))
        .to.be.instanceOf(ShapeError)
        .with.property('message')
        .that.includes('must be known');
      expect(of(f, [2, 3]))
        .to.be.instanceOf(ShapeError)
        .with.property('message')
        .that.includes('not square');
      expect(of(f, [3]))
        .to.be.instanceOf(ShapeError)
        .with.property('message')
        .that.includes('no matrix');
    }
    expect(of((x) => linalg.qr(x), ['$n', 3])).to.be.instanceOf(ShapeError);
  });

  it('says what does not fit', () => {
    expect(of((x) => linalg.solve(x, [[1], [2]]), [3, 3]))
      .to.be.instanceOf(ShapeError)
      .with.property('message')
      .that.includes('the rows of the matrix and of the right-hand side');
    expect(of((x) => linalg.triangularSolve(x, [1, 2]), [2, 2])).to.be.instanceOf(ShapeError);
    expect(of((x) => linalg.gramSchmidt(x), [3, 2])).to.be.instanceOf(ShapeError);
    expect(of((x) => linalg.bandPart(x, 3, 0), [2, 2])).to.be.instanceOf(AttributeError);
    expect(of((x) => linalg.bandPart(x, 0.5, 0), [2, 2])).to.be.instanceOf(AttributeError);
    expect(of((x) => linalg.bandPart(x, add(x, 0), 0), [])).to.be.instanceOf(ShapeError);
    expect(of((x) => linalg.Cholesky.node({ input: x }), [2, 2], 'bool')).to.be.instanceOf(DTypeError);
  });

  it('factors a matrix of 32 rows in hundreds of steps', async () => {
    const g = new Graph();
    const x = g.placeholder('x', [32, 32]);
    const l = linalg.cholesky(add(matMul(x, x, false, true), eye(32)));
    const program = await compile({ l }, { backend: cpu });
    expect(program.plan.steps.length).to.be.below(1000);
    program.dispose();
  });
});
