/** Train steps that are compared with other libraries. */
import { sizeOf } from '../../engine/index.ts';
import { hostNormal } from '../../engine/random.ts';
import type { Library, Shaped, Values, Workload } from './library.ts';

type Named<T> = Readonly<Record<string, T>>;

const CLASSES = 10;

const dense = <T>(l: Library<T>, x: T, v: Named<T>, name: string): T =>
  l.add(l.matMul(x, v[`${name}/W`]!), v[`${name}/b`]!);
const denseShapes = (name: string, rows: number, columns: number): Named<Shaped> => ({
  [`${name}/W`]: { shape: [rows, columns] },
  [`${name}/b`]: { shape: [columns] },
});

function mlp(
  [inputs, hidden, outputs]: readonly [number, number, number],
  batch: number,
  optimizer: 'sgd' | 'adam',
  bars: Workload['bars'],
): Workload {
  return {
    name: `MLP ${inputs}-${hidden}-${outputs}, batch ${batch}, ${optimizer}`,
    parameters: { ...denseShapes('1', inputs, hidden), ...denseShapes('2', hidden, outputs) },
    inputs: { x: { shape: [batch, inputs] }, y: { shape: [batch, outputs] } },
    labels: 'y',
    optimizer,
    learningRate: optimizer === 'sgd' ? 0.05 : 0.001,
    loss: (l, v) => l.crossEntropy(v.y!, dense(l, l.relu(dense(l, v.x!, v, '1')), v, '2')),
    bars,
  };
}

const cnn: Workload = {
  name: 'CNN 28x28, 8 and 16 filters of 3x3, batch 32, sgd',
  parameters: {
    'first/W': { shape: [3, 3, 1, 8], kind: 'filter' },
    'second/W': { shape: [3, 3, 8, 16], kind: 'filter' },
    ...denseShapes('top', 400, CLASSES),
  },
  inputs: { x: { shape: [32, 28, 28, 1], kind: 'image' }, y: { shape: [32, CLASSES] } },
  labels: 'y',
  optimizer: 'sgd',
  learningRate: 0.05,
  loss<T>(l: Library<T>, v: Named<T>): T {
    const layer = (x: T, name: string): T => l.maxPool(l.relu(l.conv2d(x, v[`${name}/W`]!)));
    return l.crossEntropy(v.y!, dense(l, l.flatten(layer(layer(v.x!, 'first'), 'second')), v, 'top'));
  },
  bars: { 'jax-js': 40 },
};

const [STEPS, UNITS] = [28, 64];
const lstm: Workload = {
  name: `LSTM ${STEPS} steps of 28, ${UNITS} units, batch 32, sgd`,
  parameters: {
    W: { shape: [28, 4 * UNITS] },
    U: { shape: [UNITS, 4 * UNITS] },
    b: { shape: [4 * UNITS] },
    ...denseShapes('top', UNITS, CLASSES),
  },
  inputs: { x: { shape: [32, STEPS, 28] }, y: { shape: [32, CLASSES] }, zero: { shape: [32, UNITS] } },
  labels: 'y',
  optimizer: 'sgd',
  learningRate: 0.05,
  loss<T>(l: Library<T>, v: Named<T>): T {
    let [h, c] = [v.zero!, v.zero!] as [T, T];
    for (const part of l.split(v.x!, STEPS, 1)) {
      const x = l.reshape(part, [32, 28]);
      const gates = l.add(l.add(l.matMul(x, v.W!), l.matMul(h, v.U!)), v.b!);
      const [i, f, g, o] = l.split(gates, 4, 1) as [T, T, T, T];
      c = l.add(l.mul(l.sigmoid(f), c), l.mul(l.sigmoid(i), l.tanh(g)));
      h = l.mul(l.sigmoid(o), l.tanh(c));
    }
    return l.crossEntropy(v.y!, dense(l, h, v, 'top'));
  },
  bars: { tfjs: 8, 'jax-js': 4 },
};

const [BATCH, LENGTH, D, HEADS] = [8, 64, 64, 4];
const attention: Workload = {
  name: `attention block, d ${D}, ${HEADS} heads, T ${LENGTH}, batch ${BATCH}, sgd`,
  parameters: {
    ...denseShapes('qkv', D, 3 * D),
    ...denseShapes('out', D, D),
    ...denseShapes('up', D, 4 * D),
    ...denseShapes('down', 4 * D, D),
    ...Object.fromEntries(['gain1', 'shift1', 'gain2', 'shift2'].map((name) => [name, { shape: [D] }])),
  },
  inputs: { x: { shape: [BATCH, LENGTH, D] } },
  optimizer: 'sgd',
  learningRate: 0.01,
  loss<T>(l: Library<T>, v: Named<T>): T {
    const rows = (x: T): T => l.reshape(x, [BATCH * LENGTH, D]);
    const heads = (x: T): T => l.transpose(l.reshape(x, [BATCH, LENGTH, HEADS, D / HEADS]), [0, 2, 1, 3]);
    const norm = (x: T, k: number): T => {
      const centred = l.sub(x, l.mean(x));
      const deviation = l.sqrt(l.add(l.mean(l.mul(centred, centred)), 1e-3));
      return l.add(l.mul(l.div(centred, deviation), v[`gain${k}`]!), v[`shift${k}`]!);
    };
    const gelu = (x: T): T => {
      const cubic = l.mul(l.mul(l.mul(x, x), x), 0.044715);
      return l.mul(l.mul(x, 0.5), l.add(l.tanh(l.mul(l.add(x, cubic), Math.sqrt(2 / Math.PI))), 1));
    };
    const x = rows(v.x!);
    const [q, k, value] = l.split(dense(l, norm(x, 1), v, 'qkv'), 3, 1).map(heads) as [T, T, T];
    const scores = l.mul(l.matMul(q, l.transpose(k, [0, 1, 3, 2])), 1 / Math.sqrt(D / HEADS));
    const mixed = l.transpose(l.matMul(l.softmax(scores), value), [0, 2, 1, 3]);
    const y = l.add(x, dense(l, rows(mixed), v, 'out'));
    const z = l.add(y, dense(l, gelu(dense(l, norm(y, 2), v, 'up')), v, 'down'));
    return l.meanOfAll(l.mul(z, z));
  },
  bars: { 'jax-js': 3 },
};

const decoder: Workload = {
  name: 'decoder: dense to 7x7x32, two conv2dTranspose 5x5 by 2, batch 16, sgd',
  parameters: {
    ...denseShapes('1', 16, 7 * 7 * 32),
    'first/W': { shape: [5, 5, 16, 32], kind: 'filter' },
    'second/W': { shape: [5, 5, 1, 16], kind: 'filter' },
  },
  inputs: { x: { shape: [16, 16] }, y: { shape: [16, 28 * 28] } },
  optimizer: 'sgd',
  learningRate: 0.05,
  loss<T>(l: Library<T>, v: Named<T>): T {
    const small = l.images(l.relu(dense(l, v.x!, v, '1')), [16, 7, 7, 32]);
    const middle = l.relu(l.conv2dTranspose(small, v['first/W']!, [16, 14, 14, 16]));
    const error = l.sub(l.flatten(l.conv2dTranspose(middle, v['second/W']!, [16, 28, 28, 1])), v.y!);
    return l.meanOfAll(l.mul(error, error));
  },
  bars: {},
};

const chain: Workload = {
  name: 'chain of 25 elementwise ops, 1M elements, value and gradient',
  parameters: { x: { shape: [1_000_000] } },
  inputs: {},
  optimizer: 'sgd',
  learningRate: 1e-3,
  loss<T>(l: Library<T>, v: Named<T>): T {
    let x: T = v.x!;
    for (let k = 0; k < 5; k++) x = l.sub(l.mul(l.sigmoid(l.add(l.mul(l.tanh(x), 1.5), 0.1)), x), x);
    return l.meanOfAll(x);
  },
  bars: { tfjs: 8, 'jax-js': 6 },
};

export const WORKLOADS: readonly Workload[] = [
  mlp([2, 16, 2], 32, 'sgd', { tfjs: 30, 'jax-js': 15 }),
  mlp([784, 128, 10], 64, 'sgd', { tfjs: 10, 'jax-js': 2 }),
  mlp([784, 128, 10], 64, 'adam', { tfjs: 10, 'jax-js': 2.5 }),
  mlp([784, 512, 10], 128, 'sgd', { tfjs: 10, 'jax-js': 1.8 }),
  mlp([784, 512, 10], 128, 'adam', { tfjs: 11, 'jax-js': 2.2 }),
  cnn,
  lstm,
  attention,
  decoder,
  chain,
];

/** The same values for every library: parameters scaled by their fan-in, labels one-hot in turn. */
export function valuesOf({ parameters, inputs, labels }: Workload): Values {
  const entries = Object.entries({ ...parameters, ...inputs });
  return Object.fromEntries(
    entries.map(([name, { shape }], i) => {
      if (name === labels) return [name, oneHot(shape as readonly [number, number])];
      if (name === 'zero' || /\/b$|^b$|^shift/.test(name)) return [name, new Float32Array(sizeOf(shape))];
      if (name.startsWith('gain')) return [name, new Float32Array(sizeOf(shape)).fill(1)];
      const scale = name in parameters ? 1 / Math.sqrt(sizeOf(shape.slice(0, -1))) : 1;
      return [name, hostNormal(i, sizeOf(shape)).map((x) => x * scale)];
    }),
  );
}

function oneHot([rows, classes]: readonly [number, number]): Float32Array {
  const y = new Float32Array(rows * classes);
  for (let i = 0; i < rows; i++) y[i * classes + (i % classes)] = 1;
  return y;
}
