/**
 * Section 5.4: gradients of matrices are tensors. The gradient of an m x n matrix A by a p x q matrix B has the entries
 * J_ijkl = dA_ij/dB_kl: first A's indices, then B's, which is the order of the engine's `jacobian` too.
 */
import { Graph, jacobian, type Sym } from 'retrograph';
import { add, gather, matMul, mul, reshape, sin, slice, square, stack } from 'retrograph/ops';
import { evaluate, type Result, type RunOptions, result } from '../example.ts';
import {
  at,
  differences,
  generator,
  type Matrix,
  matmul,
  matrix,
  scale,
  type Tensor,
  tensor,
  uniform,
} from '../matrix.ts';
import { jacobianBy, times } from './jacobians.ts';
import { part } from './partial-derivatives.ts';

export async function rows(options: RunOptions): Promise<readonly Result[]> {
  return [...(await matrixByVector(options)), ...(await vectorByMatrix(options)), ...(await matrixByMatrix(options))];
}

/** A(x) = x1 P + sin(x2) Q + x3² R, 4 x 2, of three variables: directly, and by flattening A to 8 numbers. */
async function matrixByVector(options: RunOptions): Promise<readonly Result[]> {
  const random = generator(options.seed);
  const [P, Q, R] = [uniform(random, 4, 2), uniform(random, 4, 2), uniform(random, 4, 2)];
  const x = uniform(random, 1, 3)[0]!;
  const graph = new Graph();
  const xs = graph.placeholder('x', [3]);
  const A = add(add(mul(part(xs, 0), P), mul(sin(part(xs, 1)), Q)), mul(square(part(xs, 2)), R));
  const direct = jacobian(A, xs);
  const flat = jacobian(reshape(A, [8]), xs);
  const along = (k: number): Sym => reshape(slice(direct, [0, 0, k], [4, 2, 1]), [4, 2]);
  const out = await evaluate(
    {
      A,
      direct,
      flat,
      collated: stack([along(0), along(1), along(2)], 2),
      restored: reshape(flat, [4, 2, 3]),
      x1: along(0),
      x2: along(1),
      x3: along(2),
    },
    { feeds: { x } },
    options,
  );

  const [x1 = 0, x2 = 0, x3 = 0] = x;
  const of = ([x1 = 0, x2 = 0, x3 = 0]: readonly number[]): Matrix =>
    matrix(4, 2, (i, j) => x1 * at(P, i, j) + Math.sin(x2) * at(Q, i, j) + x3 ** 2 * at(R, i, j));
  const partials = [P, scale(Math.cos(x2), Q), scale(2 * x3, R)];
  const closed = tensor([4, 2, 3], (i, j, k) => at(partials[k!]!, i!, j!));
  const flattened = matrix(8, 3, (r, k) => at(partials[k]!, Math.floor(r / 2), r % 2));
  return [
    result('A(x)', 'a 4 x 2 matrix of three variables', out.A, of([x1, x2, x3])),
    ...[out.x1, out.x2, out.x3].map((computed, k) =>
      result('approach 1', `∂A/∂x_${k + 1}, 4 x 2`, computed, partials[k]!),
    ),
    result('approach 1', 'collated: dA/dx, 4 x 2 x 3', out.collated, closed),
    result('approach 1', 'differentiated at once', out.direct, closed),
    result('approach 2', 'A flattened: dÃ/dx, 8 x 3', out.flat, flattened, {
      differences: jacobianBy((x) => of(x).flat(), x),
    }),
    result('approach 2', 're-shaped to 4 x 2 x 3: the same tensor', out.restored, closed),
  ];
}

/** Example 5.12: f = A x by A, an M x (M x N) tensor. */
async function vectorByMatrix(options: RunOptions): Promise<readonly Result[]> {
  const [M, N] = [3, 4];
  const random = generator(options.seed);
  const [A, x] = [uniform(random, M, N), uniform(random, 1, N)[0]!];
  const graph = new Graph();
  const As = graph.placeholder('A', [M, N]);
  const xs = graph.placeholder('x', [N]);
  const f = times(As, xs, M);
  const J = jacobian(f, As);
  const one = jacobian(part(f, 1), As); // of f_2
  const stacked = reshape(stack([0, 1, 2].map((i) => jacobian(part(f, i), As))), [M, M, N]);
  const rowOf = (k: number): Sym => gather(one, [k], 1);
  const out = await evaluate(
    { f, J, one, stacked, own: rowOf(1), other: rowOf(0), entries: reshape(rowOf(1), [N]) },
    { feeds: { A, x } },
    options,
  );

  const of = (A: Matrix): readonly number[] => A.map((a) => a.reduce((f, value, j) => f + value * x[j]!, 0));
  const whole = tensor([M, M, N], (i, k, q) => (i === k ? x[q!]! : 0));
  const second = tensor([1, M, N], (_, k, q) => (k === 1 ? x[q!]! : 0));
  const numeric = of(A).map((_, i) => differences((A) => of(A)[i]!, A));
  return [
    result('(5.85)', 'f = A x', out.f, of(A)),
    result('(5.86)', 'df/dA in R^{M x (M x N)}', out.J, whole, { differences: numeric }),
    result('(5.87)', 'df/dA: the ∂f_i/∂A in R^{1 x (M x N)}, stacked', out.stacked, whole),
    result('(5.88)', 'f_i = Σ_j A_ij x_j', out.f, of(A)),
    result('(5.89)', '∂f_i/∂A_iq = x_q', out.entries, x),
    result('(5.90)', '∂f_i/∂A_{i,:} = xᵀ, 1 x 1 x N', out.own, [[x]]),
    result(
      '(5.91)',
      '∂f_i/∂A_{k≠i,:} = 0ᵀ, 1 x 1 x N',
      out.other,
      tensor([1, 1, N], () => 0),
    ),
    result('(5.92)', '∂f_i/∂A = [0ᵀ; xᵀ; 0ᵀ], 1 x (M x N); here i = 2', out.one, second, {
      differences: [numeric[1]!],
    }),
  ];
}

/** J_ijkl, worked for a case of our own: d(PQ)_ij/dQ_kl = P_ik delta_jl. */
async function matrixByMatrix(options: RunOptions): Promise<readonly Result[]> {
  const random = generator(options.seed);
  const [P, Q] = [uniform(random, 2, 3), uniform(random, 3, 4)];
  const graph = new Graph();
  const Ps = graph.placeholder('P', [2, 3]);
  const Qs = graph.placeholder('Q', [3, 4]);
  const product = matMul(Ps, Qs);
  const out = await evaluate(
    { product, byQ: jacobian(product, Qs), byP: jacobian(product, Ps) },
    { feeds: { P, Q } },
    options,
  );
  const numeric = (of: (m: Matrix) => Matrix, m: Matrix): Tensor =>
    of(m).map((values, i) => values.map((_, j) => differences((x) => at(of(x), i, j), m)));
  return [
    result('PQ (ours)', 'a 2 x 4 matrix of a 2 x 3 and a 3 x 4 one', out.product, matmul(P, Q)),
    result(
      'J_ijkl (ours)',
      '∂(PQ)_ij/∂Q_kl = P_ik δ_jl, 2 x 4 x 3 x 4',
      out.byQ,
      tensor([2, 4, 3, 4], (i, j, k, l) => (j === l ? at(P, i!, k!) : 0)),
      {
        differences: numeric((Q) => matmul(P, Q), Q),
      },
    ),
    result(
      'J_ijkl (ours)',
      '∂(PQ)_ij/∂P_kl = δ_ik Q_lj, 2 x 4 x 2 x 3',
      out.byP,
      tensor([2, 4, 2, 3], (i, j, k, l) => (i === k ? at(Q, l!, j!) : 0)),
      {
        differences: numeric((P) => matmul(P, Q), P),
      },
    ),
  ];
}
