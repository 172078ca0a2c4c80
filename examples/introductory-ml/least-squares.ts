/**
 * After (11): two linear layers are "just another linear model", so gradient descent takes them to the answer of least
 * squares. Rows: f = (x W1 + b1) W2 + b2, which is x (W1 W2) + (b1 W2 + b2). The loss is half the squared error, a mean
 * over the samples, so that the learning rate does not depend on their number.
 *
 * The answer is found by the normal equations in float64. Descent in float64 agrees with it to 1e-12; descent by the
 * engine, in float32, to about 1e-6, where a step no longer changes the weights' last digits.
 */
import { compile, Graph } from 'retrograph';
import { glorotUniform, zeros } from 'retrograph/initializers';
import { add, matMul } from 'retrograph/ops';
import * as losses from 'retrograph/ops/losses';
import { sgd } from 'retrograph/optimizers';
import { distance, type Result, type RunOptions, result } from '../example.ts';
import {
  fill,
  generator,
  type Matrix,
  map,
  matmul,
  sub as minus,
  add as plus,
  scale,
  solve,
  sumRows,
  transpose,
  uniform,
} from '../matrix.ts';

const [SAMPLES, D, H, OUT] = [32, 3, 4, 2];
const RATE = 0.2;
const STEPS = 3000;

export const optimizer = sgd({ learningRate: RATE });

export function graph(seed = 1) {
  const g = new Graph();
  const x = g.placeholder('x', [SAMPLES, D]);
  const y = g.placeholder('y', [SAMPLES, OUT]);
  const W1 = g.variable('W1', [D, H], glorotUniform({ seed }));
  const b1 = g.variable('b1', [1, H], zeros());
  const W2 = g.variable('W2', [H, OUT], glorotUniform({ seed: seed + 1 }));
  const b2 = g.variable('b2', [1, OUT], zeros());
  const f = add(matMul(add(matMul(x, W1), b1), W2), b2);
  const loss = losses.halfSquaredError(y, f, { averageOverSamples: true });
  return { graph: g, W1, b1, W2, b2, f, loss, W: matMul(W1, W2), b: add(matMul(b1, W2), b2) };
}

export interface Parameters {
  readonly W1: Matrix;
  readonly b1: Matrix;
  readonly W2: Matrix;
  readonly b2: Matrix;
}

/** A linear rule with noise on it, so that the loss does not end at 0. */
export function data(seed: number) {
  const random = generator(seed);
  const [x, rule, noise] = [uniform(random, SAMPLES, D), uniform(random, D, OUT), uniform(random, SAMPLES, OUT, 0.2)];
  return { x, y: map(plus(matmul(x, rule), noise), Math.fround) };
}

/** [W; b] = (Xᵀ X)⁻¹ Xᵀ y, where X is x with a column of ones. */
export function leastSquares({ x, y }: ReturnType<typeof data>): { readonly W: Matrix; readonly b: Matrix } {
  const X = x.map((values) => [...values, 1]);
  const answer = solve(matmul(transpose(X), X), matmul(transpose(X), y));
  return { W: answer.slice(0, D), b: answer.slice(D) };
}

/** The same descent in float64, with (7) to (11) written for rows. */
export function descend({ x, y }: ReturnType<typeof data>, start: Parameters, steps: number): Parameters {
  let { W1, b1, W2, b2 } = start;
  const step = (value: Matrix, gradient: Matrix): Matrix => minus(value, scale(RATE / SAMPLES, gradient));
  for (let i = 0; i < steps; i++) {
    const h = plus(matmul(x, W1), b1);
    const error = minus(plus(matmul(h, W2), b2), y);
    const byH = matmul(error, transpose(W2));
    [W1, b1, W2, b2] = [
      step(W1, matmul(transpose(x), byH)),
      step(b1, sumRows(byH)),
      step(W2, matmul(transpose(h), error)),
      step(b2, sumRows(error)),
    ];
  }
  return { W1, b1, W2, b2 };
}

/** Trains the two layers; gives the losses, and the single linear layer that they amount to. */
export async function descendByEngine({ backend, seed, signal, onProgress }: RunOptions, start?: Parameters) {
  const { loss, W, b } = graph(seed);
  const { x, y } = data(seed);
  const step = await compile({ loss }, { backend, seed, updates: optimizer.minimize(loss) });
  try {
    for (const [name, value] of Object.entries(start ?? {})) await step.variables.set(name, value as Matrix);
    const losses: number[] = [];
    for (let i = 1; i <= STEPS; i++) {
      signal?.throwIfAborted();
      losses.push((await step.run({ x, y })).loss.item());
      onProgress?.({ step: i, steps: STEPS, metrics: { loss: losses.at(-1)! } });
    }
    const read = await compile({ W, b }, { variables: step.variables });
    try {
      const out = await read.run({});
      return { losses, W: out.W.array() as Matrix, b: out.b.array() as Matrix };
    } finally {
      read.dispose();
    }
  } finally {
    step.dispose();
  }
}

export async function train(options: RunOptions) {
  const { losses, W, b } = await descendByEngine(options);
  const answer = leastSquares(data(options.seed));
  const apart = distance([...W, ...b], [...answer.W, ...answer.b]);
  return { metrics: { loss: losses.at(-1)!, 'distance from least squares': apart }, losses };
}

export async function rows(options: RunOptions): Promise<readonly Result[]> {
  const random = generator(options.seed + 1);
  const start = { W1: uniform(random, D, H), b1: fill(1, H, 0), W2: uniform(random, H, OUT), b2: fill(1, OUT, 0) };
  const samples = data(options.seed);
  const answer = leastSquares(samples);
  const { W1, b1, W2, b2 } = descend(samples, start, STEPS);
  const [W64, b64] = [matmul(W1, W2), plus(matmul(b1, W2), b2)];
  const engine = await descendByEngine(options, start);
  const residual = minus(plus(matmul(samples.x, answer.W), answer.b), samples.y);
  const least = residual.flat().reduce((sum, e) => sum + e ** 2 / 2, 0) / SAMPLES;
  const exact = { tolerance: 1e-12, reason: 'float64, without the engine' };
  return [
    result('least squares, float64', `W1 W2 after ${STEPS} steps = the least-squares W`, W64, answer.W, exact),
    result('least squares, float64', 'b1 W2 + b2 = the least-squares b', b64, answer.b, exact),
    result('least squares', `W1 W2 after ${STEPS} steps of sgd = the least-squares W`, engine.W, answer.W),
    result('least squares', 'b1 W2 + b2 = the least-squares b', engine.b, answer.b),
    result('least squares', 'the loss it ends at is the least one', engine.losses.at(-1)!, least),
  ];
}
