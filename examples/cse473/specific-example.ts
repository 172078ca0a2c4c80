/**
 * The "Specific Example": two layers, column vectors, A is out x in, gradients of E are rows, and E is *half* the
 * squared error. The notes leave sigma open there; their section 5.6.1 names sigmoid, tanh and ReLU: each one is run.
 */
import { Graph, gradients, jacobian, type Sym } from 'retrograph';
import { glorotUniform, zeros } from 'retrograph/initializers';
import { add, matMul, relu, reshape, sigmoid, slice, tanh } from 'retrograph/ops';
import * as losses from 'retrograph/ops/losses';
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
  const Z1 = g.name('Z1', add(matMul(A0, X), b0));
  const f1 = g.name('f1', SIGMAS[sigma](Z1));
  const Z2 = g.name('Z2', add(matMul(A1, f1), b1));
  const f2 = g.name('f2', SIGMAS[sigma](Z2));
  const E = losses.halfSquaredError(Y, f2);
  return { graph: g, X, Y, A0, b0, A1, b1, Z1, f1, Z2, f2, E };
}

export async function rows(options: RunOptions): Promise<readonly Result[]> {
  const all: Result[] = [];
  for (const sigma of Object.keys(SIGMAS) as Sigma[]) all.push(...(await rowsOf(sigma, options)));
  return all;
}

/** Random values, with biases such that units of a ReLU are on and off by turns, and on where alpha and beta lead. */
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

/** What the engine is asked for: the factors of each product in the notes, the products, and the gradients at once. */
function outputs({ X, A0, b0, A1, b1, Z1, f1, Z2, f2, E }: ReturnType<typeof graph>) {
  const byOutput = reshape(gradients(E, f2), [1, OUT]);
  const [f2ByZ2, Z2ByF1, f1ByZ1] = [flat(f2, Z2, OUT, OUT), flat(Z2, f1, OUT, HIDDEN), flat(f1, Z1, HIDDEN, HIDDEN)];
  const [Z2ByB1, Z1ByB0] = [flat(Z2, b1, OUT, OUT), flat(Z1, b0, HIDDEN, HIDDEN)];
  const Z2ByAlpha = slice(flat(Z2, A1, OUT, OUT * HIDDEN), [0, ALPHA[0] * HIDDEN + ALPHA[1]], [OUT, 1]);
  const Z1ByBeta = slice(flat(Z1, A0, HIDDEN, HIDDEN * IN), [0, BETA[0] * IN + BETA[1]], [HIDDEN, 1]);
  const toZ2 = matMul(byOutput, f2ByZ2);
  const toZ1 = matMul(matMul(toZ2, Z2ByF1), f1ByZ1);
  const products = {
    b1: matMul(toZ2, Z2ByB1),
    b0: matMul(toZ1, Z1ByB0),
    alpha: matMul(toZ2, Z2ByAlpha),
    beta: matMul(toZ1, Z1ByBeta),
  };
  const factors = { byOutput, f2ByZ2, Z2ByF1, f1ByZ1, Z2ByB1, Z1ByB0, Z2ByAlpha, Z1ByBeta };
  return { forward: { f0: X, Z1, f1, Z2, f2, E }, factors, products, direct: gradients(E, { A1, b1, A0, b0 }) };
}

type Values = ReturnType<typeof values>;

function forward(sigma: Sigma, { X, A0, b0, A1, b1 }: Values) {
  const { g } = activations[sigma];
  const Z1 = plus(matmul(A0, X), b0);
  const f1 = map(Z1, g);
  const Z2 = plus(matmul(A1, f1), b1);
  return { Z1, f1, Z2, f2: map(Z2, g) };
}

const cost = (sigma: Sigma, v: Values): number => total(map(minus(forward(sigma, v).f2, v.Y), (e) => e ** 2 / 2));

/** The closed forms, each a product from the left as the notes print it. */
function closedForms(sigma: Sigma, v: Values) {
  const { slope } = activations[sigma];
  const { Z1, f1, Z2, f2 } = forward(sigma, v);
  const errors = transpose(minus(f2, v.Y));
  const [S2, S1] = [diagonal(map(Z2, slope)), diagonal(map(Z1, slope))];
  /** dA/dalpha: 1 at alpha, 0 elsewhere. */
  const unit = (rows: number, columns: number, [i, j]: readonly [number, number]): Matrix =>
    matrix(rows, columns, (k, l) => (k === i && l === j ? 1 : 0));
  const Z2ByAlpha = matmul(unit(OUT, HIDDEN, ALPHA), f1);
  const Z1ByBeta = matmul(unit(HIDDEN, IN, BETA), v.X);
  const b1 = matmul(errors, S2, identity(OUT));
  const b0 = matmul(errors, S2, v.A1, S1, identity(HIDDEN));
  const alpha = matmul(errors, S2, Z2ByAlpha);
  const beta = matmul(errors, S2, v.A1, S1, Z1ByBeta);
  const A1 = matmul(transpose(b1), transpose(f1));
  const A0 = matmul(transpose(b0), transpose(v.X));
  return { errors, S2, S1, Z2ByAlpha, Z1ByBeta, b1, b0, alpha, beta, A1, A0 };
}

async function rowsOf(sigma: Sigma, options: RunOptions): Promise<readonly Result[]> {
  const v = values(sigma, options.seed);
  const { X, Y, ...variables } = v;
  const {
    forward: pass,
    factors,
    products,
    direct,
  } = await evaluate(outputs(graph(sigma)), { feeds: { X, Y }, variables }, options);
  const f = forward(sigma, v);
  const c = closedForms(sigma, v);
  const by = (name: 'A0' | 'b0' | 'A1' | 'b1') => differences((m) => cost(sigma, { ...v, [name]: m }), v[name]);
  const id = (name: string): string => `${name}, ${sigma}`;
  return [
    result(id('forward'), 'f_0 = X', pass.f0, X),
    result(id('forward'), 'Z_1 = A_0 f_0 + b_0', pass.Z1, f.Z1),
    result(id('forward'), 'f_1 = σ(Z_1)', pass.f1, f.f1),
    result(id('forward'), 'Z_2 = A_1 f_1 + b_1', pass.Z2, f.Z2),
    result(id('forward'), 'f_2 = σ(Z_2) = [p_1 p_2 p_3]ᵀ', pass.f2, f.f2),
    result(id('forward'), 'E = ½ (f_2 − Y)ᵀ(f_2 − Y)', pass.E, cost(sigma, v)),
    result(id('backward 1'), '(f_2 − Y)ᵀ', factors.byOutput, c.errors),
    result(id('backward 1'), '∂Z_2/∂b_1 = the identity matrix', factors.Z2ByB1, identity(OUT)),
    result(id('backward 1'), '∂f_2/∂Z_2 = diag(σ′(z_1), σ′(z_2), σ′(z_3)), 3 x 3', factors.f2ByZ2, c.S2, {
      slip: misnamed('f = δ(Z), δ′(z_i)', 'σ: neither Dirac nor Kronecker is meant'),
    }),
    result(id('backward 1'), '∂E/∂b_1 = (f_2 − Y)ᵀ (∂f_2/∂Z_2)(∂Z_2/∂b_1)', products.b1, c.b1, {
      differences: transpose(by('b1')),
    }),
    result(id('backward 1'), 'the same, differentiated at once: a column', direct.b1, transpose(c.b1), {
      differences: by('b1'),
    }),
    result(id('backward 2'), '∂Z_2/∂f_1 = A_1', factors.Z2ByF1, v.A1),
    result(id('backward 2'), '∂f_1/∂Z_1 = diag(σ′)', factors.f1ByZ1, c.S1),
    result(id('backward 2'), '∂Z_1/∂b_0 = the identity matrix', factors.Z1ByB0, identity(HIDDEN)),
    result(id('backward 2'), '∂E/∂b_0 = (f_2 − Y)ᵀ(∂f_2/∂Z_2)(∂Z_2/∂f_1)(∂f_1/∂Z_1)(∂Z_1/∂b_0)', products.b0, c.b0, {
      differences: transpose(by('b0')),
    }),
    result(id('backward 2'), 'the same, differentiated at once: a column', direct.b0, transpose(c.b0), {
      differences: by('b0'),
    }),
    result(id('backward 3'), '∂Z_2/∂α = [∂A_1/∂α] f_1, α = (A_1)_23', factors.Z2ByAlpha, c.Z2ByAlpha),
    result(id('backward 3'), '∂E/∂α = (f_2 − Y)ᵀ(∂f_2/∂Z_2)(∂Z_2/∂α)', products.alpha, c.alpha, {
      differences: [[at(by('A1'), ...ALPHA)]],
    }),
    result(id('backward 3'), '∂E/∂α for all α: ∂E/∂A_1 = (∂E/∂b_1)ᵀ f_1ᵀ', direct.A1, c.A1, { differences: by('A1') }),
    result(id('backward 4'), '∂Z_1/∂β = [∂A_0/∂β] f_0, β = (A_0)_31', factors.Z1ByBeta, c.Z1ByBeta),
    result(id('backward 4'), '∂E/∂β = (f_2 − Y)ᵀ(∂f_2/∂Z_2)(∂Z_2/∂f_1)(∂f_1/∂Z_1)(∂Z_1/∂β)', products.beta, c.beta, {
      differences: [[at(by('A0'), ...BETA)]],
    }),
    result(id('backward 4'), '∂E/∂β for all β: ∂E/∂A_0 = (∂E/∂b_0)ᵀ f_0ᵀ', direct.A0, c.A0, { differences: by('A0') }),
  ];
}
