/**
 * The workloads in jax-js, as one function that `jit` compiles. Its images are channels first. Its functions take the references of their
 * arguments, so every use is a new one.
 */
import { defaultDevice, init, type Array as JaxArray, jit, lax, nn, numpy as np, valueAndGrad } from '@jax-js/jax';
import type { Library, Shaped } from './library.ts';

const axesOf = (kind: Shaped['kind']): readonly number[] | undefined =>
  kind === 'image' ? [0, 3, 1, 2] : kind === 'filter' ? [3, 2, 0, 1] : undefined;

const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-7];

export const jax: Library<JaxArray> = {
  name: 'jax-js',
  add: (a, b) => a.ref.add(typeof b === 'number' ? b : b.ref),
  sub: (a, b) => a.ref.sub(b.ref),
  mul: (a, b) => a.ref.mul(typeof b === 'number' ? b : b.ref),
  div: (a, b) => a.ref.div(b.ref),
  relu: (x) => nn.relu(x.ref),
  tanh: (x) => np.tanh(x.ref),
  sigmoid: (x) => nn.sigmoid(x.ref),
  sqrt: (x) => np.sqrt(x.ref),
  softmax: (x) => nn.softmax(x.ref),
  mean: (x) => np.mean(x.ref, -1, { keepdims: true }),
  meanOfAll: (x) => np.mean(x.ref),
  crossEntropy: (labels, logits) => np.mean(np.sum(nn.logSoftmax(logits.ref).mul(labels.ref), -1)).mul(-1),
  matMul: (a, b) => np.matmul(a.ref, b.ref),
  reshape: (x, shape) => np.reshape(x.ref, [...shape]),
  transpose: (x, perm) => np.transpose(x.ref, [...perm]),
  split: (x, count, axis) => np.split(x.ref, count, axis),
  conv2d: (x, filter) => lax.conv(x.ref, filter.ref, [1, 1], 'VALID'),
  maxPool: (x) => {
    const [batch, channels, height, width] = x.shape as [number, number, number, number];
    const [rows, columns] = [height >> 1, width >> 1];
    const even = x.ref.slice([], [], [0, 2 * rows], [0, 2 * columns]);
    return np.max(np.reshape(even, [batch, channels, rows, 2, columns, 2]), [3, 5]);
  },
  conv2dTranspose: (x, filter) =>
    lax.convTranspose(x.ref, np.flip(np.transpose(filter.ref, [1, 0, 2, 3]), [2, 3]), [2, 2], 'SAME'),
  flatten: (x) => np.reshape(np.transpose(x.ref, [0, 2, 3, 1]), [x.shape[0]!, -1]),
  images: (x, shape) => np.transpose(np.reshape(x.ref, [...shape]), [0, 3, 1, 2]),
  start: async ({ parameters, inputs, optimizer, learningRate, loss }, values) => {
    await init('wasm');
    defaultDevice('wasm');
    const array = ([name, { shape, kind }]: readonly [string, Shaped]): JaxArray => {
      const axes = axesOf(kind);
      const x = np.array(values[name]! as Float32Array<ArrayBuffer>).reshape([...shape]);
      return axes === undefined ? x : np.transpose(x, [...axes]);
    };
    const [names, fed] = [Object.keys(parameters), Object.keys(inputs)];
    let weights = Object.entries(parameters).map(array);
    const feeds = Object.entries(inputs).map(array);
    const named = (keys: readonly string[], arrays: readonly JaxArray[]) => keys.map((key, i) => [key, arrays[i]!]);
    const of = valueAndGrad((w: JaxArray[], f: JaxArray[]) =>
      loss(jax, Object.fromEntries([...named(names, w), ...named(fed, f)])),
    );
    let slots = optimizer === 'adam' ? [...weights, ...weights].map((x) => np.zerosLike(x.ref)) : [];
    let count = 0;
    const step = jit((w: JaxArray[], s: JaxArray[], f: JaxArray[], t: JaxArray) => {
      const [value, gradients] = of(
        w.map((x) => x.ref),
        f,
      );
      if (optimizer === 'sgd') return [value, w.map((x, i) => x.sub(gradients[i]!.mul(learningRate))), s];
      const n = w.length;
      const first = gradients.map((g, i) => s[i]!.mul(BETA1).add(g.ref.mul(1 - BETA1)));
      const second = gradients.map((g, i) => s[n + i]!.mul(BETA2).add(g.ref.mul(g).mul(1 - BETA2)));
      const [m, v] = [BETA1, BETA2].map((beta) => np.array(1).sub(np.power(beta, t.ref))) as [JaxArray, JaxArray];
      const updated = w.map((x, i) => {
        const size = np.sqrt(second[i]!.ref.div(v.ref)).add(EPSILON);
        return x.sub(first[i]!.ref.div(m.ref).div(size).mul(learningRate));
      });
      return [value, updated, [...first, ...second]];
    });
    return {
      run: () => {
        count++;
        const [value, w, s] = step(
          weights,
          slots,
          feeds.map((x) => x.ref),
          np.array(count),
        ) as [JaxArray, JaxArray[], JaxArray[]];
        [weights, slots] = [w, s];
        return value.dataSync()[0] as number;
      },
      dispose: () => {
        for (const x of [...weights, ...slots, ...feeds]) x.dispose();
        step.dispose();
      },
    };
  },
};
