/**
 * Section 5.3: vector-valued functions, their Jacobian (m x n: a row for each value, a column for each variable), and
 * Examples 5.9 and 5.11. Vectors are plain vectors [n] for the engine, so that a Jacobian comes out as the notes print
 * it. The loss of Example 5.11 is *not* halved: L(e) = ‖e‖².
 */
import { Graph, jacobian, type Sym } from 'retrograph';
import { add, concat, exp, matMul, mul, reshape, sin, square, sub, sum } from 'retrograph/ops';
import { evaluate, type Result, type RunOptions, result } from '../example.ts';
import {
  column,
  differences,
  fill,
  generator,
  type Matrix,
  matmul,
  matrix,
  sub as minus,
  row,
  scale,
  total,
  transpose,
  uniform,
  type Vector,
} from '../matrix.ts';
import { part } from './partial-derivatives.ts';

export async function rows(options: RunOptions): Promise<readonly Result[]> {
  return [...(await definitions(options)), ...(await linearMap(options)), ...(await leastSquares(options))];
}

/** The product of a matrix and a plain vector, as a plain vector. */
export const times = (A: Sym, x: Sym, m: number): Sym => reshape(matMul(A, reshape(x, [-1, 1])), [m]);

/** The Jacobian of a function of a vector, a column of central differences for each variable. */
export const jacobianBy = (f: (x: Vector) => Vector, x: Vector): Matrix =>
  f(x).flatMap((_, i) => differences((m) => f(m[0]!)[i]!, [x]));

/** (5.54) to (5.59) for f: R³ -> R⁴ of our choice. */
async function definitions(options: RunOptions): Promise<readonly Result[]> {
  const x = uniform(generator(options.seed), 1, 3)[0]!;
  const graph = new Graph();
  const xs = graph.placeholder('x', [3]);
  const [a, b, c] = [part(xs, 0), part(xs, 1), part(xs, 2)];
  const values = [mul(a, b), add(sin(b), c), exp(mul(a, c)), square(c)];
  const f = concat(values);
  const J = jacobian(f, xs);
  const columns = [a, b, c].map((_, j) =>
    reshape(
      matMul(
        J,
        [0, 1, 2].map((k) => [k === j ? 1 : 0]),
      ),
      [4],
    ),
  );
  const out = await evaluate(
    {
      f,
      J,
      first: columns[0]!,
      second: columns[1]!,
      third: columns[2]!,
      row2: jacobian(values[2]!, xs),
      row0: jacobian(reshape(sum(xs), [1]), xs),
    },
    { feeds: { x } },
    options,
  );

  const of = ([x1 = 0, x2 = 0, x3 = 0]: Vector): Vector => [x1 * x2, Math.sin(x2) + x3, Math.exp(x1 * x3), x3 ** 2];
  const [x1 = 0, x2 = 0, x3 = 0] = x;
  const power = Math.exp(x1 * x3);
  const closed = [
    [x2, x1, 0],
    [0, Math.cos(x2), 1],
    [x3 * power, 0, x1 * power],
    [0, 0, 2 * x3],
  ];
  const differences = jacobianBy(of, x);
  const col = (m: Matrix, j: number): Vector => m.map((values) => values[j]!);
  return [
    result('(5.54)', 'f(x) = [f1(x) … f4(x)]ᵀ', out.f, of(x)),
    ...[out.first, out.second, out.third].map((computed, j) =>
      result('(5.55)', `∂f/∂x_${j + 1}, a column: the limits`, computed, col(closed, j), {
        differences: col(differences, j),
      }),
    ),
    result(
      '(5.56a)',
      'df/dx: those columns side by side',
      out.J,
      transpose([col(closed, 0), col(closed, 1), col(closed, 2)]),
    ),
    result('(5.56b)', 'df/dx in R^{m x n}, entry by entry', out.J, closed, { differences }),
    result('(5.57)', 'J = ∇f = [∂f/∂x1 … ∂f/∂xn]', out.J, closed),
    result('(5.58)', 'its row i is the gradient of f_i; here i = 3', out.row2, [closed[2]!]),
    result('(5.59)', 'J(i, j) = ∂f_i/∂x_j', out.J, closed, { differences }),
    result('special case', 'f(x) = Σ x_i has the Jacobian [1 … 1], 1 x n', out.row0, fill(1, 3, 1)),
  ];
}

/** Example 5.9: f = A x. */
async function linearMap(options: RunOptions): Promise<readonly Result[]> {
  const [M, N] = [3, 4];
  const random = generator(options.seed);
  const [A, x] = [uniform(random, M, N), uniform(random, 1, N)[0]!];
  const graph = new Graph();
  const As = graph.placeholder('A', [M, N]);
  const xs = graph.placeholder('x', [N]);
  const f = times(As, xs, M);
  const out = await evaluate({ f, J: jacobian(f, xs), row: jacobian(part(f, 1), xs) }, { feeds: { A, x } }, options);
  const of = (x: Vector): Vector => A.map((a) => a.reduce((f, value, j) => f + value * x[j]!, 0));
  return [
    result('(5.67)', 'f_i(x) = Σ_j A_ij x_j', out.f, of(x)),
    result('(5.67)', '∂f_i/∂x_j = A_ij; here i = 2', out.row, [A[1]!]),
    result('(5.68)', 'df/dx = A', out.J, A, { differences: jacobianBy(of, x) }),
  ];
}

/** Example 5.11: the gradient of a least-squares loss, by the chain rule and at once. */
async function leastSquares(options: RunOptions): Promise<readonly Result[]> {
  const [N, D] = [5, 3];
  const random = generator(options.seed);
  const [Phi, theta, y] = [uniform(random, N, D), uniform(random, 1, D)[0]!, uniform(random, 1, N)[0]!];
  const graph = new Graph();
  const features = graph.placeholder('Phi', [N, D]);
  const parameters = graph.placeholder('theta', [D]);
  const observed = graph.placeholder('y', [N]);
  const model = times(features, parameters, N);
  const e = sub(observed, model);
  const L = reshape(sum(square(e)), [1]);
  const direct = matMul(reshape(e, [1, N]), reshape(e, [N, 1])); // (5.84), without the chain rule's e
  const [byE, eByTheta] = [jacobian(L, e), jacobian(e, parameters)];
  const out = await evaluate(
    {
      model,
      e,
      L,
      byE,
      eByTheta,
      chained: matMul(byE, eByTheta),
      byTheta: jacobian(L, parameters),
      direct,
      byThetaDirect: jacobian(reshape(direct, [1]), parameters),
    },
    { feeds: { Phi, theta, y } },
    options,
  );

  const at = (theta: Vector): Matrix => minus(column(...y), matmul(Phi, column(...theta)));
  const lossAt = (m: Matrix): number => total(at(m[0]!).map((values) => values.map((value) => value ** 2)));
  const errors = at(theta);
  const gradient = scale(-2, matmul(transpose(errors), Phi));
  const expanded = scale(-2, matmul(minus(row(...y), matmul(row(...theta), transpose(Phi))), Phi));
  const sums = matrix(1, D, (_, d) => errors.reduce((s, [en = 0], n) => s + 2 * en * -Phi[n]![d]!, 0));
  const numeric = differences(lossAt, [theta]);
  return [
    result('(5.75)', 'y = Φθ', out.model, matmul(Phi, column(...theta)).flat()),
    result('(5.76)', 'L(e) = ‖e‖²', out.L, [lossAt([theta])]),
    result('(5.77)', 'e(θ) = y − Φθ', out.e, errors.flat()),
    result('(5.78)', '∂L/∂θ in R^{1 x D}', out.byTheta, gradient, { differences: numeric }),
    result('(5.79)', '∂L/∂θ = ∂L/∂e ∂e/∂θ, the product', out.chained, gradient),
    result('(5.80)', '∂L/∂θ[1, d] = Σ_n ∂L/∂e[n] ∂e/∂θ[n, d]', out.chained, sums),
    result('(5.81)', '∂L/∂e = 2eᵀ, 1 x N', out.byE, scale(2, transpose(errors))),
    result('(5.82)', '∂e/∂θ = −Φ, N x D', out.eByTheta, scale(-1, Phi)),
    result('(5.83)', '∂L/∂θ = −2eᵀΦ', out.byTheta, gradient, { differences: numeric }),
    result('(5.83)', '= −2(yᵀ − θᵀΦᵀ)Φ', out.byTheta, expanded),
    result('(5.84)', 'L2(θ) = (y − Φθ)ᵀ(y − Φθ)', out.direct, [[lossAt([theta])]]),
    result('(5.84)', 'its gradient, without the chain rule: the same', out.byThetaDirect, gradient, {
      differences: numeric,
    }),
  ];
}
