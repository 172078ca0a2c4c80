/**
 * Section 5.6.1: a network of K layers, f_i = sigma_i(A_{i-1} f_{i-1} + b_{i-1}), so that layer i uses the parameters
 * theta_{i-1} = {A_{i-1}, b_{i-1}}, which run from 0 to K-1. Column vectors; A is out x in; gradients are rows. The loss
 * is *not* halved: L = ‖y - f_K‖².
 *
 * A derivative by a matrix is flattened to a row for the products of (5.115) to (5.118): df/dA is n x (n·m).
 */
import { Graph, gradients, jacobian, type Sym } from 'retrograph';
import { add, losses, matMul, relu, reshape, sigmoid, tanh } from 'retrograph/ops';
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
const SIGMAS = ['tanh', 'relu', 'tanh', 'sigmoid'] as const;
export const K = SIGMAS.length;
const OPS = { tanh, relu, sigmoid };

interface Layer {
  readonly A: Matrix;
  readonly b: Matrix;
}

export function graph(depth: number = K) {
  const g = new Graph();
  const x = g.placeholder('x', [WIDTHS[0], 1]);
  const y = g.placeholder('y', [WIDTHS[depth]!, 1]);
  const f: Sym[] = [x]; // (5.112)
  const parameters: { readonly A: Sym; readonly b: Sym }[] = [];
  for (let i = 1; i <= depth; i++) {
    const A = g.variable(`A${i - 1}`, [WIDTHS[i]!, WIDTHS[i - 1]!]);
    const b = g.variable(`b${i - 1}`, [WIDTHS[i]!, 1]);
    f.push(OPS[SIGMAS[i - 1]!](add(matMul(A, f[i - 1]!), b))); // (5.113)
    parameters.push({ A, b });
  }
  return { graph: g, f, parameters, L: losses.sumOfSquaredErrors(y, f[depth]!) }; // (5.114)
}

/** A Jacobian as a matrix: y's entries down, x's entries across. */
const flat = (y: Sym, x: Sym): Sym => reshape(jacobian(y, x), [size(y), size(x)]);
const size = ({ shape }: Sym): number => shape.reduce<number>((product, dim) => product * Number(dim), 1);

export async function rows(options: RunOptions): Promise<readonly Result[]> {
  const random = generator(options.seed);
  const layers = SIGMAS.map((_, i) => ({
    A: uniform(random, WIDTHS[i + 1]!, WIDTHS[i]!),
    b: uniform(random, WIDTHS[i + 1]!, 1),
  }));
  const [x, y] = [uniform(random, WIDTHS[0], 1), uniform(random, WIDTHS[K]!, 1)];
  const variables = Object.fromEntries(
    layers.flatMap(({ A, b }, i) => [
      [`A${i}`, A],
      [`b${i}`, b],
    ]),
  );

  const { f, parameters, L } = graph();
  const byOutput = reshape(gradients(L, f[K]!), [1, -1]);
  const outputs: Record<string, Sym> = { L, byOutput };
  f.forEach((value, i) => {
    outputs[`f${i}`] = value;
    if (i > 1) outputs[`f${i} by f${i - 1}`] = flat(value, f[i - 1]!);
  });
  parameters.forEach((theta, j) => {
    for (const name of ['A', 'b'] as const) {
      const local = flat(f[j + 1]!, theta[name]);
      outputs[`f${j + 1} by ${name}${j}`] = local;
      // the product of (5.115) to (5.118), from the left
      const between = f
        .slice(j + 2)
        .map((value, k) => flat(value, f[j + 1 + k]!))
        .reverse();
      outputs[`chained ${name}${j}`] = reshape(
        [...between, local].reduce((row, factor) => matMul(row, factor), byOutput),
        theta[name].shape,
      );
      outputs[`direct ${name}${j}`] = gradients(L, theta[name]);
    }
  });
  const out = await evaluate(outputs, { feeds: { x, y }, variables }, options);

  // the closed forms
  const forward = (layers: readonly Layer[]) => {
    const f = [x];
    const z: Matrix[] = [];
    layers.forEach(({ A, b }, i) => {
      z.push(plus(matmul(A, f[i]!), b));
      f.push(map(z[i]!, activations[SIGMAS[i]!].g));
    });
    return { f, z };
  };
  const lossOf = (layers: readonly Layer[]): number => total(map(minus(y, forward(layers).f[K]!), (e) => e ** 2));
  const pass = forward(layers);
  const closedByOutput = scale(-2, transpose(minus(y, pass.f[K]!)));
  const slopes = pass.z.map((z, i) => diagonal(map(z, activations[SIGMAS[i]!].slope)));
  const byInput = layers.map(({ A }, i) => matmul(slopes[i]!, A)); // df_{i+1}/df_i
  const byParameters = layers.map(({ A }, i) => ({
    A: matrix(
      rowsOf(A),
      rowsOf(A) * columnsOf(A),
      (r, pq) => at(slopes[i]!, r, Math.floor(pq / columnsOf(A))) * at(pass.f[i]!, pq % columnsOf(A), 0),
    ),
    b: slopes[i]!,
  }));
  const closed = (j: number, name: keyof Layer): Matrix => {
    const across = matmul(closedByOutput, ...byInput.slice(j + 1).reverse(), byParameters[j]![name]);
    const [n, m] = [rowsOf(parameter(j, name)), columnsOf(parameter(j, name))];
    return matrix(n, m, (r, c) => at(across, 0, r * m + c));
  };
  const numeric = (j: number, name: keyof Layer): Matrix =>
    differences((m) => lossOf(layers.map((layer, i) => (i === j ? { ...layer, [name]: m } : layer))), layers[j]![name]);

  const forwardRows = [
    result('(5.112)', 'f_0 = x', out.f0, x),
    ...SIGMAS.map((sigma, i) =>
      result('(5.113)', `f_${i + 1} = σ(A_${i} f_${i} + b_${i}), σ = ${sigma}`, out[`f${i + 1}`], pass.f[i + 1]!),
    ),
    result('(5.111)', 'y = (f_4 ∘ f_3 ∘ f_2 ∘ f_1)(x)', out[`f${K}`], pass.f[K]!),
    result('(5.114)', 'L(θ) = ‖y − f_K(θ, x)‖²', out.L, lossOf(layers)),
    result('∂L/∂f_K', '= −2(y − f_K)ᵀ, a row', out.byOutput, closedByOutput),
  ];
  const layerRows = layers.flatMap((_, j) => [
    ...(j > 0 ? [result(`∂f_${j + 1}/∂f_${j}`, 'orange: = diag(σ′) A', out[`f${j + 1} by f${j}`], byInput[j]!)] : []),
    result(`∂f_${j + 1}/∂A_${j}`, 'blue: n x (n·m), flattened', out[`f${j + 1} by A${j}`], byParameters[j]!.A),
    result(`∂f_${j + 1}/∂b_${j}`, 'blue: = diag(σ′)', out[`f${j + 1} by b${j}`], byParameters[j]!.b),
  ]);
  const equation = ['(5.118)', '(5.117)', '(5.116)', '(5.115)'];
  const chain = (j: number): string =>
    `∂L/∂f_${K}${Array.from({ length: K - 1 - j }, (_, k) => ` ∂f_${K - k}/∂f_${K - k - 1}`).join('')}`;
  const gradientRows = [3, 2, 1, 0].flatMap((j) =>
    (['A', 'b'] as const).flatMap((name) => [
      result(
        equation[j]!,
        `∂L/∂${name}_${j} = ${chain(j)} ∂f_${j + 1}/∂${name}_${j}`,
        out[`chained ${name}${j}`],
        closed(j, name),
      ),
      result(equation[j]!, `∂L/∂${name}_${j}, differentiated at once`, out[`direct ${name}${j}`], closed(j, name), {
        differences: numeric(j, name),
        ...(j === K - 1 &&
          name === 'A' && {
            slip: slip('∂L/∂A_j and ∂L/∂b_j for j = 1, …, K', () => parameter(K, 'A'), layers[0]!.A),
          }),
      }),
    ]),
  );
  return [...forwardRows, ...layerRows, ...gradientRows, reuse()];

  function parameter(j: number, name: keyof Layer): Matrix {
    const layer = layers[j];
    if (layer === undefined) throw new RangeError(`there is no ${name}_${j}: the parameters run from 0 to ${K - 1}`);
    return layer[name];
  }
}

/** "Most of the computation can be reused": each further layer adds as many nodes as the one before, however deep. */
function reuse(): Result {
  const { graph: g, parameters, L } = graph();
  const added = parameters
    .map((theta) => theta)
    .reverse()
    .map((theta) => {
      const before = g.nodes.length;
      gradients(L, { A: theta.A, b: theta.b });
      return g.nodes.length - before;
    });
  const most = Math.max(...added.slice(1));
  return result(
    'reuse',
    'nodes that ∂L/∂θ_2, ∂L/∂θ_1, ∂L/∂θ_0 add: no more than ∂L/∂θ_3 did',
    most <= added[0]! ? 1 : 0,
    1,
  );
}
