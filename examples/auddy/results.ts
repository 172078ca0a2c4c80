/** The table of Auddy's derivations, equation by equation, with both losses, and what happens to (5)-(8) in float32. */
import { Graph, gradients } from 'retrograph';
import { sigmoid, sum } from 'retrograph/ops';
import { evaluate, misnamed, type Result, type RunOptions, result, slip } from '../example.ts';
import { at, column, differences, type Matrix, map, matrix, rowsOf, zip } from '../matrix.ts';
import {
  backward,
  uncompressed as closedLosses,
  forward,
  loss,
  lossOfLogit,
  output,
  type Parameters,
  slopeOfLogit,
  type Values,
  values,
} from './closed-form.ts';
import { network, printedMean, printedSlopes, printedUncompressed, summary, uncompressed } from './graph.ts';

export async function results(options: RunOptions): Promise<readonly Result[]> {
  return [...(await equations(options)), ...(await workedBatch(options)), ...(await overflow(options))];
}

const inputs = ({ X, Y, ...variables }: Values) => ({ feeds: { X, Y }, variables: { ...variables } });
const lossOf = (v: Values): number => loss(forward(v).A2, v.Y);

/** (1) to (9) and (14) to (29), for m = 5 samples and h = 4 hidden units. */
async function equations(options: RunOptions): Promise<readonly Result[]> {
  const v = values(5, 4, options.seed);
  const net = network(4);
  const { Z1, A1, Z2, A2, Y } = net;
  const printed = printedUncompressed(A2, Y);
  const { ofSum, ofMean } = summary(net);
  const slopes = printedSlopes(A2, Y);
  const program = {
    Z1,
    A1,
    Z2,
    A2,
    printed,
    mean: printedMean(A2, Y),
    logits: uncompressed(Z2, Y),
    dA2: gradients(sum(printed), A2),
    slope: slopes.dA2,
    middle: slopes.dZ2,
    chained: gradients(sum(printed), Z2),
  };
  const [out, sums, means] = [
    await evaluate(program, inputs(v), options),
    await evaluate(ofSum, inputs(v), options),
    await evaluate(ofMean, inputs(v), options),
  ];
  const f = forward(v);
  const d = backward(v);
  const losses = closedLosses(f.A2, v.Y);
  const by = (name: keyof Parameters) => differences((m) => lossOf({ ...v, [name]: m }), v[name]);
  const total = (A2: Matrix) => loss(A2, v.Y) * rowsOf(v.Y);
  const byA2 = differences((A2) => total(A2), f.A2);
  const byZ2 = differences((Z2) => total(map(Z2, (z) => 1 / (1 + Math.exp(-z)))), f.Z2);
  const byA1 = differences((A1) => total(output(A1, v).A2), f.A1);
  const byZ1 = differences((Z1) => total(output(map(Z1, Math.tanh), v).A2), f.Z1);
  const unaveraged = (printedName: string, sumOf: Matrix, right: Matrix) =>
    slip(`${printedName}, the name of the averaged one`, () => sumOf, right);

  return [
    result('(1)', 'Z1 = X W1ᵀ + b1', out.Z1, f.Z1),
    result('(2)', 'A1 = g1(Z1) = tanh(Z1)', out.A1, f.A1),
    result('(3)', 'Z2 = A1 W2ᵀ + b2', out.Z2, f.Z2),
    result('(4)', 'A2 = g2(Z2) = σ(Z2)', out.A2, f.A2),
    result('(5)', 'L = (1/m) Σ (−Y log A2 − (1 − Y) log(1 − A2))', out.mean, loss(f.A2, v.Y)),
    result('(6)', 'L = −Y log A2 − (1 − Y) log(1 − A2), for each sample', out.printed, losses),
    result('(6)', 'the same from the logits: sigmoidCrossEntropy, not reduced', out.logits, losses),
    result('(7)', 'dA2 = −Y/A2 + (1 − Y)/(1 − A2), as printed', out.slope, d.dA2, { differences: byA2 }),
    result('(7)', 'dA2, differentiated from the sum of (6)', out.dA2, d.dA2, { differences: byA2 }),
    result('(8)', 'dZ2 = [−Y/A2 + (1 − Y)/(1 − A2)] A2 (1 − A2), not simplified', out.middle, d.middle, {
      differences: byZ2,
    }),
    result('(8)', 'dZ2, differentiated from (6) as printed', out.chained, d.dZ2, { differences: byZ2 }),
    result('(8)', 'dZ2 = A2 − Y, differentiated from the logits', sums.Z2, d.dZ2, { differences: byZ2 }),
    result('(9)', 'dW2 = dZ2ᵀ A1, of the sum of (6)', sums.W2, d.dW2Sum, {
      slip: unaveraged('dW2 = ∂L/∂W2 = dZ2ᵀ A1', d.dW2Sum, d.dW2),
    }),
    result('(14)', 'dW2 = (1/m) dZ2ᵀ A1, of the mean (5)', means.W2, d.dW2, { differences: by('W2') }),
    result('(15)', 'db2 = the sum of the rows of dZ2, of the sum of (6)', sums.b2, d.db2Sum, {
      slip: slip('∂L/∂b2 = ∂L/∂Z2 = dZ2', () => d.dZ2, d.db2Sum),
    }),
    result('(15), middle', 'db2 = ∂L/∂Z2 · ∂Z2/∂b2, with ∂Z2/∂b2 = 1 in each row', sums.b2, d.db2Sum, {
      slip: misnamed('∂dZ2/∂db2', '∂Z2/∂b2: no derivative of a derivative is taken here'),
    }),
    result('(15), name', 'db2, not averaged, of the sum of (6)', sums.b2, d.db2Sum, {
      slip: unaveraged('db2 = ∂L/∂b2', d.db2Sum, d.db2),
    }),
    result('(17)', 'db2 = (1/m) Σ along rows dZ2, of the mean (5)', means.b2, d.db2, { differences: by('b2') }),
    result('(18)', 'dA1 = dZ2 W2', sums.A1, d.dA1, { differences: byA1 }),
    result('(19)', 'dZ1 = (dZ2 W2) ⊙ (1 − A1²)', sums.Z1, d.dZ1, { differences: byZ1 }),
    result('(20)', 'dW1 = dZ1ᵀ X, of the sum of (6)', sums.W1, d.dW1Sum, {
      slip: unaveraged('dW1 = ∂L/∂W1 = dZ1ᵀ X', d.dW1Sum, d.dW1),
    }),
    result('(21)', 'dW1 = (1/m) dZ1ᵀ X, of the mean (5)', means.W1, d.dW1, { differences: by('W1') }),
    result('(22)', 'db1 = the sum of the rows of dZ1, of the sum of (6)', sums.b1, d.db1Sum, {
      slip: slip('∂L/∂b1 = ∂L/∂Z1 = dZ1', () => d.dZ1, d.db1Sum),
    }),
    result('(22), name', 'db1, not averaged, of the sum of (6)', sums.b1, d.db1Sum, {
      slip: unaveraged('db1 = ∂L/∂b1', d.db1Sum, d.db1),
    }),
    result('(23)', 'db1 = (1/m) Σ along rows dZ1, of the mean (5)', means.b1, d.db1, { differences: by('b1') }),
    result('(24)', 'dZ2 = A2 − Y, of the sum of (6)', sums.Z2, d.dZ2, { differences: byZ2 }),
    result(
      '(24), mean',
      'dZ2 = (A2 − Y)/m, of the mean (5)',
      means.Z2,
      map(d.dZ2, (x) => x / rowsOf(v.Y)),
      {
        slip: slip(
          'dZ2 = A2 − Y, read with the mean (5)',
          () => d.dZ2,
          map(d.dZ2, (x) => x / rowsOf(v.Y)),
        ),
      },
    ),
    result('(25)', 'dW2 = (1/m) dZ2ᵀ A1, of the mean (5)', means.W2, d.dW2, { differences: by('W2') }),
    result('(26)', 'db2 = (1/m) Σ along rows dZ2, of the mean (5)', means.b2, d.db2, { differences: by('b2') }),
    result('(27)', 'dZ1 = (dZ2 W2) ⊙ (1 − A1²), of the sum of (6)', sums.Z1, d.dZ1, { differences: byZ1 }),
    result(
      '(27), mean',
      'dZ1 = (dZ2 W2) ⊙ (1 − A1²)/m, of the mean (5)',
      means.Z1,
      map(d.dZ1, (x) => x / rowsOf(v.Y)),
      {
        slip: slip(
          'dZ1 = (dZ2 W2) ⊙ (1 − A1²), with (5)',
          () => d.dZ1,
          map(d.dZ1, (x) => x / rowsOf(v.Y)),
        ),
      },
    ),
    result('(28)', 'dW1 = (1/m) dZ1ᵀ X, of the mean (5)', means.W1, d.dW1, { differences: by('W1') }),
    result('(29)', 'db1 = (1/m) Σ along rows dZ1, of the mean (5)', means.b1, d.db1, { differences: by('b1') }),
  ];
}

/** (10) to (13) and (16): m = 3 and h = 2, the sums written out. */
async function workedBatch(options: RunOptions): Promise<readonly Result[]> {
  const v = values(3, 2, options.seed);
  const net = network(2);
  const { ofSum, ofMean } = summary(net);
  const out = await evaluate({ A1: net.A1, dZ2: ofSum.Z2, sum: ofSum.W2, mean: ofMean.W2 }, inputs(v), options);
  const { A1, Z2 } = forward(v);
  const { dZ2, dW2Sum } = backward(v);
  const a = (j: number, k: number): number => at(A1, j - 1, k - 1);
  const z = (j: number): number => at(dZ2, j - 1, 0);
  const writtenOut = [
    [z(1) * a(1, 1) + z(2) * a(2, 1) + z(3) * a(3, 1), z(1) * a(1, 2) + z(2) * a(2, 2) + z(3) * a(3, 2)],
  ];
  const sums = matrix(1, 2, (_, k) => [1, 2, 3].reduce((s, j) => s + z(j) * a(j, k + 1), 0));
  return [
    result('(10)', 'dZ2 = (dz_11, dz_21, dz_31), m = 3', out.dZ2, dZ2, {
      slip: slip('dZ2 = (z_11, z_21, z_31)', () => Z2, dZ2),
    }),
    result('(10)', 'A1 = (a_jk), m = 3, h = 2', out.A1, A1),
    result('(11)', 'dW2 = dZ2ᵀ A1 = (dz_11 a_11 + dz_21 a_21 + dz_31 a_31, …)', out.sum, writtenOut, {
      slip: slip(
        'z_11 a_11 + z_21 a_21 + z_31 a_31, …',
        () => [[1, 2].map((k) => [1, 2, 3].reduce((s, j) => s + at(Z2, j - 1, 0) * a(j, k), 0))],
        dW2Sum,
      ),
    }),
    result('(12)', 'dW2 = (Σ_j dz_j1 a_j1, Σ_j dz_j1 a_j2)', out.sum, sums),
    result(
      '(13)',
      'dW2 = (1/m)(Σ_j dz_j1 a_j1, Σ_j dz_j1 a_j2)',
      out.mean,
      map(sums, (s) => s / 3),
    ),
    result('(16)', 'dZ2 = (dz_11, dz_21, dz_31)', out.dZ2, column(z(1), z(2), z(3))),
  ];
}

/**
 * From about Z2 = 17 the float32 number next to A2 is 1, so 1 - A2 is 0, its logarithm -Infinity, and (8) is 0 times
 * Infinity. The logits form stays right, and so does its derivative. Here the engine evaluates the printed forms, too.
 */
async function overflow(options: RunOptions): Promise<readonly Result[]> {
  const graph = new Graph();
  const Z2 = graph.placeholder('Z2', ['$m', 1]);
  const Y = graph.placeholder('Y', ['$m', 1]);
  const A2 = sigmoid(Z2);
  const losses = uncompressed(Z2, Y);
  const outputs = {
    losses,
    slopes: gradients(sum(losses), Z2),
    printed: printedUncompressed(A2, Y),
    middle: printedSlopes(A2, Y).dZ2,
  };
  const logits = column(0, 18, 40, 120);
  const rows = [0, 1].map(async (y) => {
    const labels = map(logits, () => y);
    const out = await evaluate(outputs, { feeds: { Z2: logits, Y: labels } }, options);
    const [right, slopes] = [zip(logits, labels, lossOfLogit), zip(logits, labels, slopeOfLogit)];
    const where = `Z2 = ${logits.flat().join(', ')} and Y = ${y}`;
    return [
      result('(6), float32', `sigmoidCrossEntropy at ${where}`, out.losses, right, {
        slip: slip('(6) in float32, from about Z2 = 17', () => out.printed, right),
      }),
      result('(8), float32', `its derivative A2 − Y at ${where}`, out.slopes, slopes, {
        slip: slip('(8), not simplified, in float32', () => out.middle, slopes),
      }),
    ];
  });
  return (await Promise.all(rows)).flat();
}
