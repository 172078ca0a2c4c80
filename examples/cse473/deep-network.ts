/**
 * Section 5.6.1: a network of K layers, f_i = sigma_i(A_{i-1} f_{i-1} + b_{i-1}), so that layer i uses the parameters
 * theta_{i-1} = {A_{i-1}, b_{i-1}}, which run from 0 to K-1. Column vectors; A is out x in; gradients are rows. The
 * loss is *not* halved: L = ‖y - f_K‖².
 *
 * A derivative by a matrix is flattened to a row for the products of (5.115) to (5.118): df/dA is n x (n·m).
 */
import { Graph, gradients, jacobian, type Sym } from 'retrograph';
import { add, matMul, relu, reshape, sigmoid, tanh } from 'retrograph/ops';
import * as losses from 'retrograph/ops/losses';
import { evaluate, type Result, type RunOptions, result, slip } from '../example.ts';
import {
  activations,
  at,
  columnsOf,
  diagonal,
  differences,
  generator,
  type Matrix,
  map,
  matmul,
  matrix,
  sub as minus,
  add as plus,
  rowsOf,
  scale,
  total,
  transpose,
  uniform,
} from '../matrix.ts';

const WIDTHS = [3, 4, 5, 4, 2] as const;
const OPS = { tanh, relu, sigmoid };
type Sigma = keyof typeof OPS;
const SIGMAS: readonly Sigma[] = ['tanh', 'relu', 'tanh', 'sigmoid'];
const K = SIGMAS.length;

interface Layer<T> {
  readonly A: T;
  readonly b: T;
}
const PARAMETERS = ['A', 'b'] as const;

export function graph(sigmas = SIGMAS) {
  const g = new Graph();
  const x = g.placeholder('x', [WIDTHS[0], 1]);
  const y = g.placeholder('y', [WIDTHS[K]!, 1]);
  const f: Sym[] = [x]; // (5.112)
  const layers = sigmas.map((sigma, j): Layer<Sym> => {
    const A = g.variable(`A${j}`, [WIDTHS[j + 1]!, WIDTHS[j]!]);
    const b = g.variable(`b${j}`, [WIDTHS[j + 1]!, 1]);
    f.push(OPS[sigma](add(matMul(A, f[j]!), b))); // (5.113)
    return { A, b };
  });
  return { graph: g, f, layers, L: losses.sumOfSquaredErrors(y, f[K]!) }; // (5.114)
}

/** What the engine is asked for: every factor of (5.115) to (5.118), their products, and the gradients at once. */
function outputs({ f, layers, L }: ReturnType<typeof graph>): Record<string, Sym> {
  const byOutput = reshape(gradients(L, f[K]!), [1, -1]);
  const all: Record<string, Sym> = { L, byOutput };
  const byInput = f.map((value, i) => (i > 1 ? flat(value, f[i - 1]!) : undefined));
  f.forEach((value, i) => {
    all[`f${i}`] = value;
    if (i > 1) all[`f${i} by f${i - 1}`] = byInput[i]!;
  });
  for (const [j, layer] of layers.entries()) {
    const between = byInput.slice(j + 2).reverse() as Sym[]; // df_K/df_{K-1}, ..., df_{j+2}/df_{j+1}
    for (const name of PARAMETERS) {
      const own = flat(f[j + 1]!, layer[name]);
      const product = [...between, own].reduce((row, factor) => matMul(row, factor), byOutput);
      all[`f${j + 1} by ${name}${j}`] = own;
      all[`chained ${name}${j}`] = reshape(product, layer[name].shape);
      all[`direct ${name}${j}`] = gradients(L, layer[name]);
    }
  }
  return all;
}

/** A Jacobian as a matrix: y's entries down, x's entries across. */
const flat = (y: Sym, x: Sym): Sym => reshape(jacobian(y, x), [size(y), size(x)]);
const size = ({ shape }: Sym): number => shape.reduce<number>((product, dim) => product * Number(dim), 1);

interface Values {
  readonly x: Matrix;
  readonly y: Matrix;
  readonly layers: readonly Layer<Matrix>[];
}

function values(seed: number): Values {
  const random = generator(seed);
  const layers = SIGMAS.map((_, j) => ({
    A: uniform(random, WIDTHS[j + 1]!, WIDTHS[j]!),
    b: uniform(random, WIDTHS[j + 1]!, 1),
  }));
  return { x: uniform(random, WIDTHS[0], 1), y: uniform(random, WIDTHS[K]!, 1), layers };
}

function forward({ x, layers }: Values) {
  const f = [x];
  const z = layers.map(({ A, b }, j) => {
    const zj = plus(matmul(A, f[j]!), b);
    f.push(map(zj, activations[SIGMAS[j]!].g));
    return zj;
  });
  return { f, z };
}

const loss = (v: Values): number => total(map(minus(v.y, forward(v).f[K]!), (e) => e ** 2));

/** The closed forms: dL/df_K, and for each layer df_{j+1}/df_j, df_{j+1}/dA_j, df_{j+1}/db_j, and dL/dA_j, dL/db_j. */
function closedForms(v: Values) {
  const { f, z } = forward(v);
  const byOutput = scale(-2, transpose(minus(v.y, f[K]!)));
  const factors = v.layers.map(({ A }, j) => {
    const slope = diagonal(map(z[j]!, activations[SIGMAS[j]!].slope));
    const [n, m] = [rowsOf(A), columnsOf(A)];
    // only row p of A moves entry p of f_{j+1}
    const byA = matrix(n, n * m, (r, pq) => at(slope, r, Math.floor(pq / m)) * at(f[j]!, pq % m, 0));
    return { byInput: matmul(slope, A), by: { A: byA, b: slope } };
  });
  const gradient = (j: number, name: keyof Layer<Matrix>): Matrix => {
    const parameter = parameterOf(v, j, name);
    const between = factors.slice(j + 1).map(({ byInput }) => byInput);
    const across = matmul(byOutput, ...between.reverse(), factors[j]!.by[name]).flat();
    return matrix(rowsOf(parameter), columnsOf(parameter), (r, c) => across[r * columnsOf(parameter) + c]!);
  };
  return { f, byOutput, factors, gradient };
}

function parameterOf({ layers }: Values, j: number, name: keyof Layer<Matrix>): Matrix {
  const layer = layers[j];
  if (layer === undefined) throw new RangeError(`there is no ${name}_${j}: the parameters run from 0 to ${K - 1}`);
  return layer[name];
}

function numeric(v: Values, j: number, name: keyof Layer<Matrix>): Matrix {
  const lossWith = (m: Matrix): number =>
    loss({ ...v, layers: v.layers.map((layer, i) => (i === j ? { ...layer, [name]: m } : layer)) });
  return differences(lossWith, parameterOf(v, j, name));
}

export async function rows(options: RunOptions): Promise<readonly Result[]> {
  const v = values(options.seed);
  const { x, y, layers } = v;
  const variables = Object.fromEntries(layers.flatMap((layer, j) => PARAMETERS.map((name) => [name + j, layer[name]])));
  const out = await evaluate(outputs(graph()), { feeds: { x, y }, variables }, options);
  const closed = closedForms(v);
  const forwardRows = [
    result('(5.112)', 'f_0 = x', out.f0, x),
    ...SIGMAS.map((sigma, j) =>
      result('(5.113)', `f_${j + 1} = σ(A_${j} f_${j} + b_${j}), σ = ${sigma}`, out[`f${j + 1}`], closed.f[j + 1]!),
    ),
    result('(5.111)', 'y = (f_4 ∘ f_3 ∘ f_2 ∘ f_1)(x)', out[`f${K}`], closed.f[K]!),
    result('(5.114)', 'L(θ) = ‖y − f_K(θ, x)‖²', out.L, loss(v)),
    result('∂L/∂f_K', '= −2(y − f_K)ᵀ, a row', out.byOutput, closed.byOutput),
  ];
  const factorRows = closed.factors.flatMap(({ byInput, by }, j) => [
    ...(j > 0 ? [result(`∂f_${j + 1}/∂f_${j}`, 'orange: = diag(σ′) A', out[`f${j + 1} by f${j}`], byInput)] : []),
    result(`∂f_${j + 1}/∂A_${j}`, 'blue: n x (n·m), flattened', out[`f${j + 1} by A${j}`], by.A),
    result(`∂f_${j + 1}/∂b_${j}`, 'blue: = diag(σ′)', out[`f${j + 1} by b${j}`], by.b),
  ]);
  const chain = (j: number): string =>
    `∂L/∂f_${K}${Array.from({ length: K - 1 - j }, (_, k) => ` ∂f_${K - k}/∂f_${K - k - 1}`).join('')}`;
  const gradientRows = [3, 2, 1, 0].flatMap((j) =>
    PARAMETERS.flatMap((name) => {
      const id = `(5.${118 - j})`;
      const right = closed.gradient(j, name);
      const last = j === K - 1 && name === 'A';
      const wrong = () => slip('∂L/∂A_j and ∂L/∂b_j for j = 1, …, K', () => parameterOf(v, K, 'A'), right);
      const text = `∂L/∂${name}_${j}`;
      return [
        result(id, `${text} = ${chain(j)} ∂f_${j + 1}/∂${name}_${j}`, out[`chained ${name}${j}`], right),
        result(id, `${text}, differentiated at once`, out[`direct ${name}${j}`], right, {
          differences: numeric(v, j, name),
          ...(last && { slip: wrong() }),
        }),
      ];
    }),
  );
  return [...forwardRows, ...factorRows, ...gradientRows, reuse()];
}

/** "Most of the computation can be reused": with the same sigma in all layers, each layer adds as many nodes as any. */
function reuse(): Result {
  const { graph: g, layers, L } = graph(['tanh', 'tanh', 'tanh', 'tanh']);
  const added = [3, 2, 1, 0].map((j) => {
    const before = g.nodes.length;
    const { A, b } = layers[j]!;
    gradients(L, { A, b });
    return g.nodes.length - before;
  });
  const [, second = 0, ...others] = added;
  return result(
    'reuse',
    'nodes that ∂L/∂θ_1 and ∂L/∂θ_0 add: no more than ∂L/∂θ_2 did',
    others,
    others.map(() => second),
  );
}
