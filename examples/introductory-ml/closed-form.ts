/**
 * A network of any number of layers in float64, one sample, column vectors: W is out x in, h = ReLU(W x + b) and
 * f = W h + b. The loss is half the squared error, or -log p of the right class after a softmax.
 *
 * `backward` is the right form of what the notes derive layer by layer, with d for the derivative by what an activation
 * reads: d_last = f - y (or p - y), d_i = 1(h_i > 0) ⊙ W_{i+1}ᵀ d_{i+1}, dL/dW_i = d_i h_{i-1}ᵀ, dL/db_i = d_i.
 */
import {
  activations,
  add,
  column,
  differences,
  generator,
  hadamard,
  type Matrix,
  map,
  matmul,
  rowsOf,
  softmax,
  sub,
  total,
  transpose,
  uniform,
} from '../matrix.ts';

export type Hidden = 'linear' | 'relu';
export type Loss = 'halfSquared' | 'softmax';

export interface Layer {
  readonly W: Matrix;
  readonly b: Matrix;
}

export interface Values {
  readonly x: Matrix;
  /** What f should be, or 1 at the right class and 0 elsewhere. */
  readonly y: Matrix;
  readonly layers: readonly Layer[];
}

/** Random values, with the biases such that hidden units are off and on by turns: a missing mask always shows. */
export function values(sizes: readonly number[], seed: number, label?: number): Values {
  const random = generator(seed);
  const [input = 1, ...outputs] = sizes;
  const x = uniform(random, input, 1);
  let h = x;
  const layers = outputs.map((size) => {
    const W = uniform(random, size, rowsOf(h));
    const z = map(uniform(random, size, 1), (u) => 0.3 + u ** 2);
    const b = map(
      sub(
        z.map(([value = 0], i) => [i % 2 === 0 ? -value : value]),
        matmul(W, h),
      ),
      Math.fround,
    );
    h = map(add(matmul(W, h), b), activations.relu.g);
    return { W, b };
  });
  const last = outputs.at(-1) ?? 1;
  const y =
    label === undefined
      ? uniform(random, last, 1)
      : column(...Array.from({ length: last }, (_, i) => (i === label ? 1 : 0)));
  return { x, y, layers };
}

/** h[0] is x, h[i] the output of hidden layer i; f the last layer's output. */
export function forward({ x, layers }: Values, hidden: Hidden) {
  const h = [x];
  layers.slice(0, -1).forEach(({ W, b }, i) => {
    h.push(map(add(matmul(W, h[i]!), b), activations[hidden].g));
  });
  const { W, b } = layers.at(-1)!;
  return { h, f: add(matmul(W, h.at(-1)!), b) };
}

export const lossOf = (f: Matrix, y: Matrix, loss: Loss): number =>
  loss === 'halfSquared' ? total(map(sub(y, f), (e) => e ** 2 / 2)) : -Math.log(total(hadamard(softmax(f), y)));

/** 1(h > 0), a column. */
export const mask = (h: Matrix): Matrix => map(h, (value) => (value > 0 ? 1 : 0));

export interface Backward {
  /** dL/df. */
  readonly f: Matrix;
  /** For each layer, from the first: dL/dW, dL/db, and dL/dh of what the layer reads. */
  readonly layers: readonly { readonly W: Matrix; readonly b: Matrix; readonly h: Matrix }[];
}

export function backward(v: Values, hidden: Hidden, loss: Loss): Backward {
  const { h, f } = forward(v, hidden);
  let d = sub(loss === 'halfSquared' ? f : softmax(f), v.y);
  const byF = d;
  const layers = [...v.layers.keys()].reverse().map((i) => {
    const byH = matmul(transpose(v.layers[i]!.W), d);
    const line = { W: matmul(d, transpose(h[i]!)), b: d, h: byH };
    d = hidden === 'relu' ? hadamard(mask(h[i]!), byH) : byH;
    return line;
  });
  return { f: byF, layers: layers.reverse() };
}

/** The same by central differences, for a parameter of layer i. */
export function numeric(v: Values, hidden: Hidden, loss: Loss, i: number, name: keyof Layer): Matrix {
  const lossWith = (m: Matrix): number => {
    const layers = v.layers.map((layer, k) => (k === i ? { ...layer, [name]: m } : layer));
    return lossOf(forward({ ...v, layers }, hidden).f, v.y, loss);
  };
  return differences(lossWith, v.layers[i]![name]);
}
