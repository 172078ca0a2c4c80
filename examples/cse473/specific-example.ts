/**
 * The "Specific Example": two layers, column vectors, A is out x in, gradients of E are rows, and E is *half* the squared
 * error. The notes leave sigma open there; their section 5.6.1 names sigmoid, tanh and ReLU, so each of them is run.
 */
import { Graph, gradients, jacobian, type Sym } from 'retrograph';
import { glorotUniform, zeros } from 'retrograph/initializers';
import { add, losses, matMul, relu, reshape, sigmoid, slice, tanh } from 'retrograph/ops';
import { evaluate, misnamed, type Result, type RunOptions, result } from '../example.ts';
import {
  activations,
  at,
  diagonal,
  differences,
  generator,
  identity,
  type Matrix,
  map,
  matmul,
  matrix,
  sub as minus,
  add as plus,
  total,
  transpose,
  uniform,
} from '../matrix.ts';

const [IN, HIDDEN, OUT] = [2, 4, 3];
const SIGMAS = { sigmoid, tanh, relu };
type Sigma = keyof typeof SIGMAS;

/** alpha is the entry (row 2, column 3) of A1, beta the entry (row 3, column 1) of A0, counted from 1. */
const ALPHA = [1, 2] as const;
const BETA = [2, 0] as const;

export function graph(sigma: Sigma, seed = 1) {
  const g = new Graph();
  const X = g.placeholder('X', [IN, 1]);
  const Y = g.placeholder('Y', [OUT, 1]);
  const A0 = g.variable('A0', [HIDDEN, IN], glorotUniform({ seed }));
  const b0 = g.variable('b0', [HIDDEN, 1], zeros());
  const A1 = g.variable('A1', [OUT, HIDDEN], glorotUniform({ seed: seed + 1 }));
  const b1 = g.variable('b1', [OUT, 1], zeros());
  const Z1 = add(matMul(A0, X), b0);
  const f1 = SIGMAS[sigma](Z1);
  const Z2 = add(matMul(A1, f1), b1);
  const f2 = SIGMAS[sigma](Z2);
  const E = losses.halfSquaredError(Y, f2);
  return { graph: g, X, Y, A0, b0, A1, b1, Z1, f1, Z2, f2, E };
}

export async function rows(options: RunOptions): Promise<readonly Result[]> {
  const all: Result[] = [];
  for (const sigma of Object.keys(SIGMAS) as Sigma[]) all.push(...(await rowsOf(sigma, options)));
  return all;
}

/** Random values, with biases such that the units of a ReLU are off and on by turns: beta leads to one that is on, alpha too. */
function values(sigma: Sigma, seed: number) {
  const random = generator(seed);
  const [X, Y] = [uniform(random, IN, 1), uniform(random, OUT, 1)];
  const [A0, A1] = [uniform(random, HIDDEN, IN), uniform(random, OUT, HIDDEN)];
  const bias = (A: Matrix, f: Matrix, firstOn: number): Matrix => {
    const Z = matrix(A.length, 1, (i) => (i % 2 === firstOn ? 0.3 + 0.1 * i : -0.3 - 0.1 * i));
    return map(minus(Z, matmul(A, f)), Math.fround);
  };
  const b0 = bias(A0, X, 0);
  const f1 = map(plus(matmul(A0, X), b0), activations[sigma].g);
  return { X, Y, A0, b0, A1, b1: bias(A1, f1, 1) };
}

/** A Jacobian as a matrix. */
const flat = (y: Sym, x: Sym, rows: number, columns: number): Sym => reshape(jacobian(y, x), [rows, columns]);

async function rowsOf(sigma: Sigma, options: RunOptions): Promise<readonly Result[]> {
  const v = values(sigma, options.seed);
  const { X, Y, ...variables } = v;
  const net = graph(sigma);
  const { A0, b0, A1, b1, Z1, f1, Z2, f2, E } = net;
  const byOutput = reshape(gradients(E, f2), [1, OUT]);
  const [f2ByZ2, Z2ByF1, f1ByZ1] = [flat(f2, Z2, OUT, OUT), flat(Z2, f1, OUT, HIDDEN), flat(f1, Z1, HIDDEN, HIDDEN)];
  const [Z2ByB1, Z1ByB0] = [flat(Z2, b1, OUT, OUT), flat(Z1, b0, HIDDEN, HIDDEN)];
  const Z2ByAlpha = slice(flat(Z2, A1, OUT, OUT * HIDDEN), [0, ALPHA[0] * HIDDEN + ALPHA[1]], [OUT, 1]);
  const Z1ByBeta = slice(flat(Z1, A0, HIDDEN, HIDDEN * IN), [0, BETA[0] * IN + BETA[1]], [HIDDEN, 1]);
  const toZ2 = matMul(byOutput, f2ByZ2);
  const toZ1 = matMul(matMul(toZ2, Z2ByF1), f1ByZ1);
  const out = await evaluate(
    {
      f0: add(net.X, 0),
      Z1,
      f1,
      Z2,
      f2,
      E,
      byOutput,
      Z2ByB1,
      f2ByZ2,
      Z2ByF1,
      f1ByZ1,
      Z1ByB0,
      Z2ByAlpha,
      Z1ByBeta,
      b1: matMul(toZ2, Z2ByB1),
      b0: matMul(toZ1, Z1ByB0),
      alpha: matMul(toZ2, Z2ByAlpha),
      beta: matMul(toZ1, Z1ByBeta),
      direct: gradients(E, b1),
      directB0: gradients(E, b0),
      A1: gradients(E, A1),
      A0: gradients(E, A0),
    },
    { feeds: { X, Y }, variables },
    options,
  );

  const { g, slope } = activations[sigma];
  const forward = ({ X, A0, b0, A1, b1 }: typeof v) => {
    const Z1 = plus(matmul(A0, X), b0);
    const f1 = map(Z1, g);
    const Z2 = plus(matmul(A1, f1), b1);
    return { Z1, f1, Z2, f2: map(Z2, g) };
  };
  const cost = (v: { X: Matrix; Y: Matrix; A0: Matrix; b0: Matrix; A1: Matrix; b1: Matrix }): number =>
    total(map(minus(forward(v).f2, v.Y), (e) => e ** 2 / 2));
  const by = (name: 'A0' | 'b0' | 'A1' | 'b1') => differences((m) => cost({ ...v, [name]: m }), v[name]);
  const f = forward(v);
  const errors = transpose(minus(f.f2, Y));
  const [S2, S1] = [diagonal(map(f.Z2, slope)), diagonal(map(f.Z1, slope))];
  const rowB1 = matmul(errors, S2, identity(OUT));
  const rowB0 = matmul(errors, S2, v.A1, S1, identity(HIDDEN));
  /** dA/dalpha: 1 at alpha, 0 elsewhere. */
  const unit = (rows: number, columns: number, [i, j]: readonly [number, number]): Matrix =>
    matrix(rows, columns, (k, l) => (k === i && l === j ? 1 : 0));
  const alphaLocal = matmul(unit(OUT, HIDDEN, ALPHA), f.f1);
  const betaLocal = matmul(unit(HIDDEN, IN, BETA), X);
  const alpha = matmul(errors, S2, alphaLocal);
  const beta = matmul(errors, S2, v.A1, S1, betaLocal);
  const id = (name: string): string => `${name}, ${sigma}`;
  return [
    result(id('forward'), 'f_0 = X', out.f0, X),
    result(id('forward'), 'Z_1 = A_0 f_0 + b_0', out.Z1, f.Z1),
    result(id('forward'), 'f_1 = σ(Z_1)', out.f1, f.f1),
    result(id('forward'), 'Z_2 = A_1 f_1 + b_1', out.Z2, f.Z2),
    result(id('forward'), 'f_2 = σ(Z_2)', out.f2, f.f2),
    result(id('forward'), 'E = ½ (f_2 − Y)ᵀ(f_2 − Y)', out.E, cost(v)),
    result(id('backward 1'), '(f_2 − Y)ᵀ', out.byOutput, errors),
    result(id('backward 1'), '∂Z_2/∂b_1 = the identity matrix', out.Z2ByB1, identity(OUT)),
    result(id('backward 1'), '∂f_2/∂Z_2 = diag(σ′(z_1), σ′(z_2), σ′(z_3)), 3 x 3', out.f2ByZ2, S2, {
      slip: misnamed('f = δ(Z), δ′(z_i)', 'σ: neither Dirac nor Kronecker is meant'),
    }),
    result(id('backward 1'), '∂E/∂b_1 = (f_2 − Y)ᵀ (∂f_2/∂Z_2)(∂Z_2/∂b_1)', out.b1, rowB1, {
      differences: transpose(by('b1')),
    }),
    result(id('backward 1'), 'the same, differentiated at once: a column', out.direct, transpose(rowB1), {
      differences: by('b1'),
    }),
    result(id('backward 2'), '∂Z_2/∂f_1 = A_1', out.Z2ByF1, v.A1),
    result(id('backward 2'), '∂f_1/∂Z_1 = diag(σ′)', out.f1ByZ1, S1),
    result(id('backward 2'), '∂Z_1/∂b_0 = the identity matrix', out.Z1ByB0, identity(HIDDEN)),
    result(id('backward 2'), '∂E/∂b_0 = (f_2 − Y)ᵀ(∂f_2/∂Z_2)(∂Z_2/∂f_1)(∂f_1/∂Z_1)(∂Z_1/∂b_0)', out.b0, rowB0, {
      differences: transpose(by('b0')),
    }),
    result(id('backward 2'), 'the same, differentiated at once: a column', out.directB0, transpose(rowB0), {
      differences: by('b0'),
    }),
    result(id('backward 3'), '∂Z_2/∂α = [∂A_1/∂α] f_1, α = (A_1)_23', out.Z2ByAlpha, alphaLocal),
    result(id('backward 3'), '∂E/∂α = (f_2 − Y)ᵀ(∂f_2/∂Z_2)(∂Z_2/∂α)', out.alpha, alpha, {
      differences: [[at(by('A1'), ...ALPHA)]],
    }),
    result(
      id('backward 3'),
      '∂E/∂α for all α: ∂E/∂A_1 = (∂E/∂b_1)ᵀ f_1ᵀ',
      out.A1,
      matmul(transpose(rowB1), transpose(f.f1)),
      { differences: by('A1') },
    ),
    result(id('backward 4'), '∂Z_1/∂β = [∂A_0/∂β] f_0, β = (A_0)_31', out.Z1ByBeta, betaLocal),
    result(id('backward 4'), '∂E/∂β = (f_2 − Y)ᵀ(∂f_2/∂Z_2)(∂Z_2/∂f_1)(∂f_1/∂Z_1)(∂Z_1/∂β)', out.beta, beta, {
      differences: [[at(by('A0'), ...BETA)]],
    }),
    result(
      id('backward 4'),
      '∂E/∂β for all β: ∂E/∂A_0 = (∂E/∂b_0)ᵀ f_0ᵀ',
      out.A0,
      matmul(transpose(rowB0), transpose(X)),
      { differences: by('A0') },
    ),
  ];
}
