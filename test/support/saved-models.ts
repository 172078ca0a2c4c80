/** Networks that have, each, what a SavedModel can go wrong at. */
import { type Feeds, Graph, gradients, jacobian, type Sym, type Update } from '../../index.node.ts';
import {
  add,
  conv2d,
  dropout,
  gather,
  losses,
  matMul,
  maxPool,
  mean,
  relu,
  reshape,
  square,
  sum,
  tanh,
} from '../../ops/index.ts';
import { glorotUniform, zeros } from '../../plugins/initializers/index.ts';
import { adam, momentum, sgd } from '../../plugins/optimizers/index.ts';

export interface Network {
  readonly serve: Readonly<Record<string, Sym>>;
  readonly loss: Sym;
  readonly updates: readonly Update[];
  /** Of another batch size than `inputs`. */
  readonly batch: Feeds;
  readonly inputs: Feeds;
}

const wave = (shape: readonly number[], from = 1): unknown => {
  const [size, ...rest] = shape;
  if (size === undefined) return Math.sin(from);
  const step = rest.reduce((a, b) => a * b, 1);
  return Array.from({ length: size }, (_, i) => wave(rest, from + 7 * i * step));
};
const fed = (shape: readonly number[]): number[] => wave(shape) as number[];

export const NETWORKS: Readonly<Record<string, () => Network>> = {
  'random numbers, and Adam': () => {
    const g = new Graph();
    const [x, y] = [g.placeholder('x', ['$batch', 3]), g.placeholder('y', ['$batch', 1])];
    const [W1, b1] = [g.variable('W1', [3, 8], glorotUniform()), g.variable('layer 1/b', [8], zeros())];
    const W2 = g.variable('W2', [8, 1], glorotUniform());
    const h = tanh(add(matMul(x, W1), b1));
    const loss = losses.meanSquaredError(y, matMul(dropout(h, 0.4), W2));
    return {
      serve: { y: matMul(h, W2) },
      loss,
      updates: adam({ learningRate: 0.05 }).minimize(loss),
      batch: { x: fed([5, 3]), y: fed([5, 1]) },
      inputs: { x: fed([2, 3]) },
    };
  },
  'a convolution, and momentum': () => {
    const g = new Graph();
    const [images, y] = [g.placeholder('images', ['$batch', 8, 8, 1]), g.placeholder('y', ['$batch', 2])];
    const filter = g.variable('filter', [3, 3, 1, 4], glorotUniform());
    const bias = g.variable('bias', [4], zeros());
    const W = g.variable('W', [36, 2], glorotUniform());
    const pooled = maxPool(relu(add(conv2d(images, filter, 1, 'valid'), bias)), 2, 2, 'valid');
    const logits = matMul(reshape(pooled, [-1, 36]), W);
    const loss = losses.softmaxCrossEntropy(y, logits);
    return {
      serve: { logits },
      loss,
      updates: momentum({ learningRate: 0.02, momentum: 0.9 }).minimize(loss),
      batch: {
        images: fed([3, 8, 8, 1]),
        y: [
          [0, 1],
          [1, 0],
          [0, 1],
        ],
      },
      inputs: { images: fed([1, 8, 8, 1]) },
    };
  },
  'integers, and two sizes': () => {
    const g = new Graph();
    const [words, y] = [g.placeholder('words', ['$batch', '$length'], 'int32'), g.placeholder('y', ['$batch', 4])];
    const embeddings = g.variable('embeddings', [10, 4], glorotUniform());
    const meaning = mean(gather(embeddings, words), 1);
    const loss = losses.meanSquaredError(y, meaning);
    return {
      serve: { meaning },
      loss,
      updates: sgd({ learningRate: 0.5 }).minimize(loss),
      batch: {
        words: [
          [1, 2, 3],
          [4, 9, 0],
        ],
        y: fed([2, 4]),
      },
      inputs: { words: [[1, 1]] },
    };
  },
  'a loop, and a size that only a shape tells': () => {
    const g = new Graph();
    const x = g.placeholder('x', ['$batch', 2]);
    const w = g.variable('w', [2, 3], glorotUniform());
    const h = tanh(matMul(x, w));
    const J = jacobian(h, w);
    const loss = add(sum(square(J)), mean(add(add(square(h), 1), gradients(sum(h), h))));
    return {
      serve: { J, ones: gradients(sum(x), x) },
      loss,
      updates: sgd({ learningRate: 0.02 }).minimize(loss),
      batch: { x: fed([4, 2]) },
      inputs: { x: fed([3, 2]) },
    };
  },
};
