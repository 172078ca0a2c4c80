/** The table of deeplizard's notes: every factor by itself, then their products, then the averages over a batch. */
import { gradients, jacobian } from 'retrograph';
import { mul, reshape, slice, sum } from 'retrograph/ops';
import { evaluate, misnamed, type Result, type RunOptions, result, slip } from '../example.ts';
import { at, differences, matrix, tensor } from '../matrix.ts';
import { average, averageMatrix, cost, costFrom, SIZES, sample, type Values, values } from './closed-form.ts';
import { derivatives, entry, network } from './graph.ts';

export async function results(options: RunOptions): Promise<readonly Result[]> {
  return [
    ...(await forwardPass(options)),
    ...(await outputWeight(options)),
    ...(await hiddenActivation(options)),
    ...(await averages(options)),
  ];
}

const { output, hidden } = SIZES;
const inputs = ({ x, y, w1, w2 }: Values) => ({ feeds: { x, y }, variables: { w1, w2 } });

/** Definitions and observations, for one sample. */
async function forwardPass(options: RunOptions): Promise<readonly Result[]> {
  const v = values(1, options.seed);
  const { squared, w2, a1, z2, a2, C0 } = network(1);
  const composed = reshape(jacobian(reshape(squared, [output]), w2), [output, output, hidden]);
  const terms = mul(w2, a1);
  const out = await evaluate({ squared, C0, terms, z2, a2, composed }, inputs(v), options);
  const s = sample(v, 0);
  return [
    result('squared difference', 'C_0j = (a_j − y_j)², for each node j', out.squared, [s.squared]),
    result('loss', 'C_0 = Σ_j (a_j − y_j)²', out.C0, [s.C], {
      slip: misnamed('C_θ', 'C_0: the zero of sample 0 reads as a theta'),
    }),
    result(
      'term',
      'w_jk a_k, for each j and k',
      out.terms,
      matrix(output, hidden, (j, k) => at(v.w2, j, k) * s.a1[k]!),
    ),
    result('input', 'z_j = Σ_k w_jk a_k', out.z2, [s.z2], {
      slip: slip(
        'z_j = Σ w_jk a_k, k = 0 … n−l',
        () => [v.w2.map((w) => w.slice(0, hidden - 3 + 1).reduce((z, weight, k) => z + weight * s.a1[k]!, 0))],
        [s.z2],
      ),
    }),
    result('activation', 'a_j = g(z_j)', out.a2, [s.a2]),
    result(
      'composition',
      'C_0j(a_j(z_j(w_j))) depends on the weights of node j only',
      out.composed,
      tensor([output, output, hidden], (i, j, k) => (i === j ? at(s.C_by_w2, j, k) : 0)),
    ),
  ];
}

/** The derivative by w_12 of layer L, factor by factor. */
async function outputWeight(options: RunOptions): Promise<readonly Result[]> {
  const v = values(1, options.seed);
  const { squared, C, w2, a1, z2, a2 } = network(1);
  const terms = mul(w2, a1);
  const first = entry(gradients(C, a2), 0, 1);
  const second = entry(gradients(entry(a2, 0, 1), z2), 0, 1);
  const third = entry(gradients(entry(z2, 0, 1), w2), 1, 2);
  const out = await evaluate(
    {
      first,
      second,
      third,
      product: mul(mul(first, second), third),
      direct: entry(gradients(C, w2), 1, 2),
      expanded: slice(reshape(jacobian(reshape(squared, [output]), a2), [output, output]), [0, 1], [output, 1]),
      whole: gradients(entry(a2, 0, 1), z2),
      summands: slice(
        reshape(jacobian(reshape(slice(terms, [1, 0], [1, hidden]), [hidden]), w2), [hidden, output * hidden]),
        [0, hidden + 2],
        [hidden, 1],
      ),
    },
    inputs(v),
    options,
  );
  const s = sample(v, 0);
  const product = 2 * (s.a2[1]! - at(v.y, 0, 1)) * s.a_by_z[1]! * s.a1[2]!;
  const byWeight = at(
    differences((w2) => cost({ ...v, w2 }), v.w2),
    1,
    2,
  );
  return [
    result(
      'first term, expanded',
      '∂/∂a_1 of each (a_j − y_j)²: 0, 2(a_1 − y_1), 0, 0',
      out.expanded,
      s.C_by_a.map((value, j) => [j === 1 ? value : 0]),
    ),
    result('first term', '∂C_0/∂a_1 = 2(a_1 − y_1)', out.first, 2 * (s.a2[1]! - at(v.y, 0, 1)), {
      slip: misnamed('a_I, y_I', 'a_1, y_1: the one reads as a capital i'),
    }),
    result('second term', '∂a_1/∂z_1 = g′(z_1)', out.second, s.a_by_z[1]!),
    result('second term', 'no other z_j moves a_1', out.whole, [s.a_by_z.map((value, j) => (j === 1 ? value : 0))]),
    result(
      'third term, expanded',
      '∂/∂w_12 of each w_1k a_k: a_2 for k = 2, else 0',
      out.summands,
      s.a1.map((a, k) => [k === 2 ? a : 0]),
    ),
    result('third term', '∂z_1/∂w_12 = a_2', out.third, s.a1[2]!, {
      slip: misnamed('w_l2, a_2^(L−l)', 'w_12, a_2^(L−1): the one reads as the letter l, which numbers the layers'),
    }),
    result('product', '∂C_0/∂w_12 = 2(a_1 − y_1) g′(z_1) a_2, the three terms multiplied', out.product, product, {
      differences: byWeight,
    }),
    result('product', 'the same, differentiated at once', out.direct, product, { differences: byWeight }),
  ];
}

/** The derivative by a_2 of layer L-1: a sum over all nodes of layer L; and with it, by the hidden weight w_22. */
async function hiddenActivation(options: RunOptions): Promise<readonly Result[]> {
  const v = values(1, options.seed);
  const { x, C, w1, w2, z1, a1, z2, a2 } = network(1);
  const byA = gradients(C, a2);
  const byZ = gradients(a2, z2);
  const byA2 = slice(reshape(jacobian(z2, a1), [output, hidden]), [0, 2], [output, 1]);
  const terms = mul(w2, a1);
  const summands = jacobian(reshape(slice(terms, [1, 0], [1, hidden]), [hidden]), a1);
  const first = entry(gradients(C, a1), 0, 2);
  const second = entry(gradients(entry(a1, 0, 2), z1), 0, 2);
  const third = entry(gradients(entry(z1, 0, 2), w1), 2, 2);
  const out = await evaluate(
    {
      byA,
      byZ,
      byA2,
      first,
      second,
      third,
      expanded: slice(reshape(summands, [hidden, hidden]), [0, 2], [hidden, 1]),
      summed: sum(mul(mul(byA, byZ), reshape(byA2, [1, output]))),
      product: mul(mul(first, second), third),
      direct: entry(gradients(C, w1), 2, 2),
      input: entry(x, 0, 2),
    },
    inputs(v),
    options,
  );
  const s = sample(v, 0);
  const byActivation = differences((a1) => costFrom(a1[0]!, v, 0), [s.a1]);
  const byWeight = at(
    differences((w1) => cost({ ...v, w1 }), v.w1),
    2,
    2,
  );
  return [
    result('∂C_0/∂a_j', '2(a_j − y_j), for each node j of layer L', out.byA, [s.C_by_a]),
    result('∂a_j/∂z_j', 'g′(z_j), for each node j of layer L', out.byZ, [s.a_by_z]),
    result(
      'third term, expanded',
      '∂/∂a_2 of each w_1k a_k: w_12 for k = 2, else 0',
      out.expanded,
      v.w2[1]!.map((w, k) => [k === 2 ? w : 0]),
    ),
    result(
      'third term',
      '∂z_j/∂a_2 = w_j2, for each node j',
      out.byA2,
      v.w2.map((w) => [w[2]!]),
    ),
    result('sum', '∂C_0/∂a_2 = Σ_j 2(a_j − y_j) g′(z_j) w_j2, of the three terms', out.summed, s.C_by_a1[2]!, {
      differences: at(byActivation, 0, 2),
    }),
    result('sum', 'the same, differentiated at once', out.first, s.C_by_a1[2]!, {
      differences: at(byActivation, 0, 2),
    }),
    result('w_22, second term', '∂a_2/∂z_2 = g′(z_2), in layer L−1', out.second, s.a1_by_z1[2]!),
    result('w_22, third term', '∂z_2/∂w_22 = a_2 of layer L−2', out.third, s.input[2]!),
    result('w_22, product', '∂C_0/∂w_22 of layer L−1, the three terms multiplied', out.product, at(s.C_by_w1, 2, 2), {
      differences: byWeight,
    }),
    result('w_22, product', 'the same, differentiated at once', out.direct, at(s.C_by_w1, 2, 2), {
      differences: byWeight,
    }),
  ];
}

/** All n samples: the average of the weight's derivative, and of the activation's. */
async function averages(options: RunOptions): Promise<readonly Result[]> {
  const n = 8;
  const v = values(n, options.seed);
  const net = network(n);
  const { w1, w2, a1 } = derivatives(net);
  const out = await evaluate(
    {
      w1,
      w2,
      a1,
      C: net.C,
      weight: entry(w2, 1, 2),
      activation: sum(slice(a1, [0, 2], [n, 1])),
      meanSquaredError: net.meanSquaredError,
    },
    inputs(v),
    options,
  );
  const byW2 = averageMatrix(v, (i) => sample(v, i).C_by_w2);
  const byW1 = averageMatrix(v, (i) => sample(v, i).C_by_w1);
  const all = v.x.map((_, i) => sample(v, i));
  return [
    result('C', 'the average of C_i over the n samples', out.C, cost(v)),
    result('C', 'meanSquaredError is this divided by the 4 outputs', out.meanSquaredError, cost(v) / output),
    result('average', '∂C/∂w_12 = (1/n) Σ_i ∂C_i/∂w_12, n samples', out.weight, at(byW2, 1, 2), {
      slip: slip(
        '1/n, where n is also the width of layer L',
        () => all.reduce((total, s) => total + at(s.C_by_w2, 1, 2), 0) / output,
        at(byW2, 1, 2),
      ),
    }),
    result('average', '∂C/∂w^(L), "the same process for each weight"', out.w2, byW2, {
      differences: differences((w2) => cost({ ...v, w2 }), v.w2),
    }),
    result('average', '∂C/∂w^(L−1), "the same process for each weight"', out.w1, byW1, {
      differences: differences((w1) => cost({ ...v, w1 }), v.w1),
    }),
    result(
      'average',
      '∂C/∂a_2 = (1/n) Σ_i ∂C_i/∂a_2: the sum of a column',
      out.activation,
      average(v, (i) => all[i]!.C_by_a1[2]!),
    ),
    result(
      'average',
      '∂C/∂a of each sample: its row holds 1/n of ∂C_i/∂a',
      out.a1,
      all.map((s) => s.C_by_a1.map((value) => value / n)),
    ),
  ];
}
