/**
 * Benchmarks a step of gradient descent on wasm (forward, backward, update, and reading the loss) against tfjs's `optimizer.minimize` on
 * the same backend. Inputs are resident on both sides.
 */
import type { Tensor, Tensor2D, Variable } from '@tensorflow/tfjs';
import { wasm } from '../backends/wasm/module.ts';
import { compile, Graph, type Program, type Sym } from '../index.node.ts';
import { add, losses, matMul, relu, tanh } from '../ops/index.ts';
import { glorotUniform, zeros } from '../plugins/initializers/index.ts';
import { sgd } from '../plugins/optimizers/index.ts';
import { alternate } from './alternate.ts';
import { type Options, type Report, type Row, runIfMain } from './report.ts';
import { startWasm, tf } from './tfjs.ts';

interface Case {
  readonly sizes: readonly [inputs: number, hidden: number, outputs: number];
  readonly batch: number;
  readonly activation: 'relu' | 'tanh';
  readonly loss: 'softmaxCrossEntropy' | 'sigmoidCrossEntropy';
  readonly bar: number;
}

const CASES: readonly Case[] = [
  { sizes: [784, 128, 10], batch: 64, activation: 'relu', loss: 'softmaxCrossEntropy', bar: 4 },
  { sizes: [2, 16, 1], batch: 32, activation: 'tanh', loss: 'sigmoidCrossEntropy', bar: 3 },
];
const ACTIVATIONS = { relu, tanh };
const LEARNING_RATE = 0.05;
const WARM_UP = 50;
/** The largest relative difference of losses; the sides sum in different orders. */
const TOLERANCE = 1e-3;

interface Side {
  readonly step: () => number;
  readonly dispose: () => void;
}

async function ours(
  { sizes: [n, h, k], batch, activation, loss: name }: Case,
  x: Tensor,
  y: Tensor,
): Promise<Side & { program: Program }> {
  const g = new Graph();
  const [input, labels] = [g.placeholder('x', [batch, n]), g.placeholder('y', [batch, k])];
  const dense = (from: Sym, id: number, rows: number, columns: number): Sym => {
    const w = g.variable(`W${id}`, [rows, columns], glorotUniform({ seed: id }));
    return add(matMul(from, w), g.variable(`b${id}`, [columns], zeros()));
  };
  const loss = losses[name](labels, dense(ACTIVATIONS[activation](dense(input, 1, n, h)), 2, h, k));
  const updates = sgd({ learningRate: LEARNING_RATE }).minimize(loss);
  const program = await compile({ loss }, { backend: wasm, updates });
  return { program, step: () => program.runSync({ x, y }).loss.item(), dispose: () => program.dispose() };
}

async function theirs({ activation, loss: name }: Case, x: Tensor, y: Tensor, program: Program): Promise<Side> {
  const variables: Record<string, Variable> = {};
  for (const id of ['W1', 'b1', 'W2', 'b2']) {
    const { data, shape } = await program.variables.get(id);
    variables[id] = tf.variable(tf.tensor(data, shape as number[]));
  }
  const { W1, b1, W2, b2 } = variables as Record<'W1' | 'b1' | 'W2' | 'b2', Variable>;
  const optimizer = tf.train.sgd(LEARNING_RATE);
  const forward = () =>
    tf.losses[name](
      y,
      tf.add(tf.matMul(tf[activation](tf.add(tf.matMul(x as Tensor2D, W1 as never), b1)), W2 as never), b2),
    ).asScalar();
  return {
    step: () => {
      const loss = optimizer.minimize(forward, true)!;
      const [value] = loss.dataSync();
      loss.dispose();
      return value!;
    },
    dispose: () => {
      for (const variable of Object.values(variables)) variable.dispose();
      optimizer.dispose();
    },
  };
}

async function compare(config: Case, quick: boolean): Promise<Row> {
  const { sizes, batch, bar, loss } = config;
  const x = tf.randomUniform([batch, sizes[0]], -1, 1, 'float32', 1);
  const y = labels(config);
  const mine = await ours(config, x, y);
  const other = await theirs(config, x, y, mine.program);
  const off = disagreement(mine, other, quick ? 3 : WARM_UP);
  const { ratio, ...ms } = alternate(
    mine.step,
    other.step,
    quick ? { blocks: 3, blockMs: 5 } : { blocks: 51, blockMs: 30 },
  );
  mine.dispose();
  other.dispose();
  tf.dispose([x, y]);
  return {
    name: `${sizes.join('-')}, batch ${batch}, ${loss}`,
    figures: {
      'retrograph ms': ms.ours,
      'tfjs ms': ms.theirs,
      'times as fast': ratio,
      'losses differ by': off,
    },
    bar: `${bar} times as fast`,
    ok: ratio >= bar && off < TOLERANCE,
  };
}

/** One-hot labels, or 0 and 1. */
function labels({ sizes: [, , k], batch }: Case): Tensor {
  const classes = Array.from({ length: batch }, (_, i) => i % Math.max(k, 2));
  return k > 1 ? tf.oneHot(tf.tensor1d(classes, 'int32'), k).cast('float32') : tf.tensor2d(classes, [batch, 1]);
}

/** The largest relative difference of the losses of the first steps. */
function disagreement(a: Side, b: Side, steps: number): number {
  let most = 0;
  for (let i = 0; i < steps; i++) {
    const [p, q] = [a.step(), b.step()];
    most = Math.max(most, Math.abs(p - q) / Math.abs(q));
  }
  return most;
}

export async function sgdStep({ quick }: Options): Promise<Report> {
  await startWasm();
  const rows: Row[] = [];
  for (const config of CASES) rows.push(await compare(config, quick));
  return { title: 'One step of SGD on wasm', rows };
}

await runIfMain(import.meta.url, sgdStep);
