/** The cases of the benchmark: train steps, their data, and the required speed. */
import { tf } from '../tfjs.ts';

/** What the native backend is compared with. PyTorch is also run with its fused optimizers, which are not its default. */
export type PeerName = 'tfjs-node' | 'PyTorch' | 'PyTorch, fused' | 'PyTorch, 1 thread' | 'JAX' | 'wasm';

/** A bound for their time over ours. */
export interface Bar {
  readonly ratio: number;
  readonly text: string;
}

const timesAsFast = (ratio: number): Bar => ({ ratio, text: `${ratio} times as fast` });
const faster: Bar = { ratio: 1, text: 'faster' };
const timesItsTime = (times: number): Bar => ({ ratio: 1 / times, text: `${times} times its time` });

/** The same bar for one thread, since threads wait for each other on a busy machine. */
const pytorch = (bar: Bar): Case['bars'] => ({ PyTorch: bar, 'PyTorch, 1 thread': bar });

export interface Spec {
  readonly model: 'mlp' | 'cnn' | 'lstm';
  /** The size of the hidden layer or the LSTM. */
  readonly hidden?: number;
  readonly activation?: 'relu' | 'tanh';
  readonly loss: 'softmaxCrossEntropy' | 'sigmoidCrossEntropy';
  readonly optimizer: 'sgd' | 'adam';
  readonly learningRate: number;
}

export interface Case {
  readonly name: string;
  readonly spec: Spec;
  /** The shape of the input, batch first. */
  readonly x: readonly number[];
  readonly outputs: number;
  /** The number of our threads, if fewer than all are faster. PyTorch uses the same number. It is fixed within a process. */
  readonly threads?: number;
  readonly bars: Readonly<Partial<Record<PeerName, Bar>>>;
}

function mlp(
  [inputs, hidden, outputs]: readonly [number, number, number],
  batch: number,
  optimizer: Spec['optimizer'],
  bars: Case['bars'],
  threads?: number,
): Case {
  const binary = outputs === 1;
  return {
    name: `${inputs}-${hidden}-${outputs}, batch ${batch}, ${optimizer}`,
    spec: {
      model: 'mlp',
      hidden,
      activation: binary ? 'tanh' : 'relu',
      loss: binary ? 'sigmoidCrossEntropy' : 'softmaxCrossEntropy',
      optimizer,
      learningRate: optimizer === 'sgd' ? 0.05 : 0.001,
    },
    x: [batch, inputs],
    outputs,
    bars,
    ...(threads !== undefined && { threads }),
  };
}

export const CASES: readonly Case[] = [
  mlp([2, 16, 1], 32, 'sgd', { 'tfjs-node': timesAsFast(25), ...pytorch(timesAsFast(3)), JAX: timesItsTime(2) }, 1),
  mlp(
    [784, 128, 10],
    64,
    'sgd',
    {
      'tfjs-node': timesAsFast(5),
      ...pytorch(faster),
      JAX: timesItsTime(1.1),
      wasm: timesAsFast(3),
    },
    1,
  ),
  mlp(
    [784, 128, 10],
    64,
    'adam',
    {
      'tfjs-node': timesAsFast(9),
      ...pytorch(timesAsFast(1.3)),
      JAX: timesItsTime(1.1),
    },
    1,
  ),
  mlp([784, 512, 10], 128, 'sgd', { ...pytorch(faster), JAX: timesItsTime(1.1) }),
  mlp([784, 512, 10], 128, 'adam', { 'tfjs-node': timesAsFast(5), ...pytorch(faster), JAX: timesItsTime(1.1) }),
  {
    name: 'CNN, 28x28, filters 8 and 16, batch 32, sgd',
    spec: { model: 'cnn', loss: 'softmaxCrossEntropy', optimizer: 'sgd', learningRate: 0.05 },
    x: [32, 28, 28, 1],
    outputs: 10,
    bars: {},
  },
  {
    name: 'LSTM, 28 steps of 28, 64 units, batch 32, sgd',
    spec: { model: 'lstm', hidden: 64, loss: 'softmaxCrossEntropy', optimizer: 'sgd', learningRate: 0.05 },
    x: [32, 28, 28],
    outputs: 10,
    bars: {},
  },
];

export interface Values {
  readonly data: Float32Array;
  readonly shape: readonly number[];
}

/** Inputs from -1 to 1, and labels, one-hot or 0 and 1. */
export function dataOf({ x: shape, outputs }: Case): { readonly x: Values; readonly y: Values } {
  const [batch] = shape as [number];
  const x = tf.tidy(() => tf.randomUniform([...shape], -1, 1, 'float32', 1).dataSync<'float32'>());
  const y = Float32Array.from({ length: batch * outputs }, (_, i) => {
    const [row, column] = [Math.floor(i / outputs), i % outputs];
    return outputs === 1 ? row % 2 : Number(row % outputs === column);
  });
  return { x: { data: x, shape }, y: { data: y, shape: [batch, outputs] } };
}
