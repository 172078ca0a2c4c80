/** The table of Rhodes's notes: the five local partials, the Hadamard example, the list for K layers, and its cost. */
import { Graph, gradients, jacobian, type Sym } from 'retrograph';
import { mul, softmax as softmaxOp } from 'retrograph/ops';
import { evaluate, type Result, type RunOptions, result, slip } from '../example.ts';
import {
  activations,
  at,
  columnsOf,
  diagonal,
  differences,
  generator,
  hadamard,
  identity,
  type Matrix,
  map,
  matmul,
  matrix,
  rowsOf,
  softmax,
  sub,
  sumRows,
  tensor,
  transpose,
  uniform,
} from '../matrix.ts';
import {
  activation,
  backToFront as closedList,
  forward,
  type Layer,
  loss,
  lossOf,
  type Values,
  values,
} from './closed-form.ts';
import { backToFront, network } from './graph.ts';

const DEPTHS = [1, 2, 4, 16];

export async function results(options: RunOptions): Promise<readonly Result[]> {
  const rows = [await hadamardExample(options), ...(await localPartials(options))];
  for (const K of DEPTHS) rows.push(...(await list(K, options)));
  return [...rows, await batch(options), await softmaxOutput(options), ...noRecomputation()];
}

async function hadamardExample(options: RunOptions): Promise<Result> {
  const graph = new Graph();
  const M = graph.placeholder('M', [1, 2]);
  const N = graph.placeholder('N', [1, 2]);
  const out = await evaluate({ product: mul(M, N) }, { feeds: { M: [[10, 3]], N: [[1, 5]] } }, options);
  return result('Hadamard', '[10 3] ⊙ [1 5] = [10 15]', out.product, [[10, 15]]);
}

/** The partials of one step, as Jacobians of one sample, in both layers of K = 2. */
async function localPartials(options: RunOptions): Promise<readonly Result[]> {
  const K = 2;
  const { layers, yhat, loss: L } = network(K, 1);
  const local: Record<string, Sym> = {};
  layers.forEach(({ aIn, W, b, z, a }, i) => {
    local[`a${i + 1} by z`] = jacobian(a, z);
    local[`z${i + 1} by a`] = jacobian(z, aIn);
    local[`z${i + 1} by W`] = jacobian(z, W);
    local[`z${i + 1} by b`] = jacobian(z, b);
  });
  const v = values(K, options.seed);
  const out = await evaluate({ byYhat: gradients(L, yhat), local }, inputs(v), options);
  const passes = forward(v);
  const last = passes.at(-1)!.a;
  const rows = [
    result('partial 1', '∂L/∂ŷ = ŷ − y, for L = ½‖ŷ − y‖²', out.byYhat, sub(last, v.y), {
      differences: differences((yhat) => lossOf(yhat, v.y), last),
    }),
  ];
  v.layers.forEach(({ W }, index) => {
    const i = index + 1;
    const { aIn, z } = passes[index]!;
    const [inputsOf, outputsOf] = [rowsOf(W), columnsOf(W)];
    const slope = diagonal(map(z, activations[activation(i, K)].slope));
    const byW = tensor([1, outputsOf, inputsOf, outputsOf], (_, j, k, l) => (j === l ? at(aIn, 0, k) : 0));
    const block = (m: Matrix) => tensor([1, rowsOf(m), 1, columnsOf(m)], (_, j, __, k) => at(m, j, k));
    rows.push(
      result('partial 2', `∂a[${i}]/∂z[${i}] = g′(z[${i}]), on the diagonal`, out.local[`a${i} by z`], block(slope)),
      result('partial 3', `∂z[${i}]/∂a[${i - 1}] = W[${i}]ᵀ`, out.local[`z${i} by a`], block(transpose(W))),
      result(
        'partial 4',
        `∂z[${i}]_j/∂W[${i}]_kj = a[${i - 1}]_k, and 0 in other columns`,
        out.local[`z${i} by W`],
        byW,
        {
          slip: slip(
            '∂z_j/∂W_kj = a_j',
            () => matrix(inputsOf, outputsOf, (_, j) => at(aIn, 0, j)),
            matrix(inputsOf, outputsOf, (k) => at(aIn, 0, k)),
          ),
        },
      ),
      result('partial 5', `∂z[${i}]/∂b[${i}] = 1, the identity`, out.local[`z${i} by b`], block(identity(outputsOf))),
    );
  });
  return rows;
}

/** The list from dL/da^[K] to dL/db^[1], for one sample; dL/dW and dL/db against central differences too. */
async function list(K: number, options: RunOptions): Promise<readonly Result[]> {
  const v = values(K, options.seed);
  const out = await evaluate(backToFront(network(K, 1)), inputs(v), options);
  const lines = closedList(v);
  const rows = lines.map((line, index) => {
    const i = index + 1;
    const id = `list, K = ${K}`;
    const by = (name: keyof Layer) =>
      differences((m) => loss(withLayer(v, index, { [name]: m })), v.layers[index]![name]);
    const next = i === K ? '∂L/∂ŷ' : `∂L/∂z[${i + 1}] W[${i + 1}]ᵀ`;
    return [
      result(id, `∂L/∂a[${i}] = ${next}`, out[`a${i}`], line.a),
      result(id, `∂L/∂z[${i}] = ∂L/∂a[${i}] ⊙ g′(z[${i}])`, out[`z${i}`], line.z),
      result(id, `∂L/∂W[${i}] = a[${i - 1}]ᵀ ∂L/∂z[${i}]`, out[`W${i}`], line.W, {
        differences: by('W'),
        ...(i === K && { slip: slip('∂L/∂z[K] = a[K−1]ᵀ ∂L/∂z[K]', () => line.W, line.z) }),
      }),
      result(id, `∂L/∂b[${i}] = ∂L/∂z[${i}]`, out[`b${i}`], line.b, { differences: by('b') }),
    ];
  });
  return rows.reverse().flat();
}

/** In a batch, dL/db adds up the rows of dL/dz: b is one row, used by every sample. */
async function batch(options: RunOptions): Promise<Result> {
  const v = values(2, options.seed, 3);
  const out = await evaluate(backToFront(network(2)), inputs(v), options);
  const { z } = closedList(v)[0]!;
  return result('batch (ours)', '∂L/∂b[1] = the sum over the rows of ∂L/∂z[1]', out.b1, sumRows(z), {
    differences: differences((b) => loss(withLayer(v, 0, { b })), v.layers[0]!.b),
    slip: slip('∂L/∂b[1] = ∂L/∂z[1], for a batch of 3', () => z, sumRows(z)),
  });
}

/** A softmax mixes the entries of z, so g' is a matrix and the product with it is no Hadamard product. */
async function softmaxOutput(options: RunOptions): Promise<Result> {
  const random = generator(options.seed);
  const z = uniform(random, 1, 3);
  const da = uniform(random, 1, 3);
  const graph = new Graph();
  const zSym = graph.placeholder('z', [1, 3]);
  const dy = graph.placeholder('da', [1, 3]);
  const out = await evaluate({ dz: gradients(softmaxOp(zSym), zSym, { dy }) }, { feeds: { z, da } }, options);
  const p = softmax(z);
  const jacobianOf = sub(diagonal(p), matmul(transpose(p), p));
  const right = matmul(da, jacobianOf);
  return result('softmax (ours)', '∂L/∂z = ∂L/∂a · (diag(p) − pᵀp), for a softmax output', out.dz, right, {
    differences: differences((m) => matmul(da, transpose(softmax(m)))[0]![0]!, z),
    slip: slip(
      '∂L/∂z = ∂L/∂a ⊙ g′(z), with g′ = p (1 − p)',
      () =>
        hadamard(
          da,
          map(p, (x) => x * (1 - x)),
        ),
      right,
    ),
  });
}

/** "There would be much recomputation": one graph for all derivatives grows with K, a graph for each with K². */
function noRecomputation(): readonly Result[] {
  const together = (K: number): number => {
    const net = network(K);
    backToFront(net);
    return net.graph.nodes.length;
  };
  const apart = (K: number): number =>
    network(K).layers.reduce((nodes, _, i) => {
      const { graph, layers, loss: L } = network(K);
      const { W, b } = layers[i]!;
      gradients(L, { W, b });
      return nodes + graph.nodes.length;
    }, 0);
  const [two, four] = [together(2), together(4)];
  const [a, b, c] = [apart(2), apart(4), apart(8)];
  const line = (K: number): number => two + ((K - 2) * (four - two)) / 2;
  const parabola = (K: number): number =>
    (a * (K - 4) * (K - 8)) / 12 - (b * (K - 2) * (K - 8)) / 8 + (c * (K - 2) * (K - 4)) / 24;
  return [
    result(
      'cost',
      'nodes of all derivatives in one graph, K = 4, 8, 16: linear in K',
      [4, 8, 16].map(together),
      [4, 8, 16].map(line),
    ),
    result(
      'cost',
      'nodes of one graph for each layer, K = 4, 8, 16: quadratic in K',
      [4, 8, 16].map(apart),
      [4, 8, 16].map(parabola),
    ),
  ];
}

function inputs({ x, y, layers }: Values) {
  const variables = layers.flatMap(
    ({ W, b }, i) =>
      [
        [`W${i + 1}`, W],
        [`b${i + 1}`, b],
      ] as const,
  );
  return { feeds: { x, y }, variables: Object.fromEntries(variables) };
}

function withLayer(v: Values, index: number, change: Partial<Layer>): Values {
  return { ...v, layers: v.layers.map((layer, i) => (i === index ? { ...layer, ...change } : layer)) };
}
