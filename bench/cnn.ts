/**
 * Benchmarks a step of gradient descent for a small convolutional network: on cpu against tfjs, and on wasm alone, where tfjs cannot train
 * it (it has no kernel for the gradient of a filter).
 */
import type { Tensor, Tensor4D, Variable } from '@tensorflow/tfjs';
import { cpu } from '../backends/cpu/module.ts';
import { wasm } from '../backends/wasm/module.ts';
import { type BackendLike, compile, Graph, type Program } from '../index.node.ts';
import { losses, relu } from '../ops/index.ts';
import { conv2d, dense, flatten, maxPooling2d } from '../plugins/layers/index.ts';
import { sgd } from '../plugins/optimizers/index.ts';
import { alternate, median } from './alternate.ts';
import { type Options, type Report, type Row, runIfMain } from './report.ts';
import { tf } from './tfjs.ts';

const BATCH = 32;
const SIDE = 28;
const CLASSES = 10;
const LEARNING_RATE = 0.05;
/** The required speed relative to tfjs on cpu. */
const BAR = 5;
/** The largest relative difference of losses. */
const TOLERANCE = 1e-3;

interface Data {
  readonly images: Tensor;
  readonly labels: Tensor;
}

async function ours(backend: BackendLike, { images, labels }: Data): Promise<{ program: Program; step: () => number }> {
  const g = new Graph();
  const x = g.placeholder('images', [BATCH, SIDE, SIDE, 1]);
  const y = g.placeholder('labels', [BATCH, CLASSES]);
  const first = maxPooling2d(conv2d(x, { filters: 8, kernelSize: 3, activation: relu, name: 'first' }));
  const second = maxPooling2d(conv2d(first, { filters: 16, kernelSize: 3, activation: relu, name: 'second' }));
  const loss = losses.softmaxCrossEntropy(y, dense(flatten(second), { units: CLASSES, name: 'top' }));
  const updates = sgd({ learningRate: LEARNING_RATE }).minimize(loss);
  const program = await compile({ loss }, { backend, seed: 1, updates });
  const feeds = { images, labels };
  return { program, step: () => program.runSync(feeds).loss.item() };
}

async function theirs({ images, labels }: Data, program: Program): Promise<() => number> {
  const take = async (name: string): Promise<Variable> => {
    const { data, shape } = await program.variables.get(name);
    return tf.variable(tf.tensor(data, shape as number[]));
  };
  const conv = async (name: string) => {
    const [kernel, bias] = [await take(`${name}/kernel`), await take(`${name}/bias`)];
    return (x: Tensor) =>
      tf.maxPool(
        tf.relu(tf.add(tf.conv2d(x as Tensor4D, kernel as never, 1, 'valid'), bias)) as Tensor4D,
        2,
        2,
        'valid',
      );
  };
  const [first, second] = [await conv('first'), await conv('second')];
  const [kernel, bias] = [await take('top/kernel'), await take('top/bias')];
  const optimizer = tf.train.sgd(LEARNING_RATE);
  return () => {
    const loss = optimizer.minimize(() => {
      const features = tf.reshape(second(first(images)), [BATCH, -1]);
      return tf.losses.softmaxCrossEntropy(labels, tf.add(tf.matMul(features, kernel as never), bias)).asScalar();
    }, true)!;
    const [value] = loss.dataSync();
    loss.dispose();
    return value!;
  };
}

const draw = (): Data => ({
  images: tf.randomUniform([BATCH, SIDE, SIDE, 1], 0, 1, 'float32', 1),
  labels: tf.cast(
    tf.oneHot(
      Array.from({ length: BATCH }, (_, i) => i % CLASSES),
      CLASSES,
    ),
    'float32',
  ),
});

async function onCpu(quick: boolean): Promise<Row> {
  await cpu.start();
  await tf.setBackend('cpu');
  const data = draw();
  const { program, step } = await ours(cpu, data);
  const other = await theirs(data, program);
  let off = 0;
  for (let i = 0; i < 3; i++) {
    const [a, b] = [step(), other()];
    off = Math.max(off, Math.abs(a - b) / b);
  }
  const { ratio, ...ms } = alternate(step, other, quick ? { blocks: 1, blockMs: 1 } : { blocks: 11, blockMs: 1 });
  program.dispose();
  return {
    name: 'cpu',
    figures: { 'retrograph ms': ms.ours, 'tfjs ms': ms.theirs, 'times as fast': ratio, 'losses differ by': off },
    bar: `${BAR} times as fast`,
    ok: ratio >= BAR && off < TOLERANCE,
  };
}

async function onWasm(quick: boolean): Promise<Row> {
  await wasm.start();
  await tf.setBackend('wasm');
  const data = draw();
  const { program, step } = await ours(wasm, data);
  const other = await theirs(data, program);
  const times = Array.from({ length: quick ? 3 : 101 }, () => {
    const start = performance.now();
    step();
    return performance.now() - start;
  });
  let refusal = '';
  try {
    other();
  } catch (e) {
    refusal = (e as Error).message;
  }
  program.dispose();
  return {
    name: 'wasm',
    figures: { 'retrograph ms': median(times) },
    bar: 'tfjs throws',
    ok: refusal !== '',
  };
}

export async function cnn({ quick }: Options): Promise<Report> {
  return { title: 'One step of SGD of a CNN', rows: [await onCpu(quick), await onWasm(quick)] };
}

await runIfMain(import.meta.url, cnn);
