/** The list of Rhodes's notes, line by line, in float64. Row vectors: x is 1 x in, W is in x out, b is 1 x out. */
import {
  activations,
  add,
  generator,
  hadamard,
  type Matrix,
  map,
  matmul,
  sub,
  sumRows,
  total,
  transpose,
  uniform,
} from '../matrix.ts';

/** The width of layer i of K: 3 inputs, 4 hidden units in each layer, 2 outputs. */
export const width = (i: number, K: number): number => (i === 0 ? 3 : i === K ? 2 : 4);

/** Hidden layers are tanh, the last one is a sigmoid: the notes leave g^[i] open. */
export const activation = (i: number, K: number): 'tanh' | 'sigmoid' => (i === K ? 'sigmoid' : 'tanh');

export interface Layer {
  readonly W: Matrix;
  readonly b: Matrix;
}

export interface Values {
  readonly x: Matrix;
  readonly y: Matrix;
  readonly layers: readonly Layer[];
}

export function values(K: number, seed: number, samples = 1): Values {
  const random = generator(seed + K);
  const layers = Array.from({ length: K }, (_, i) => ({
    W: uniform(random, width(i, K), width(i + 1, K)),
    b: uniform(random, 1, width(i + 1, K)),
  }));
  return { x: uniform(random, samples, width(0, K)), y: uniform(random, samples, width(K, K)), layers };
}

/** z^[i] = a^[i-1] W^[i] + b^[i], a^[i] = g^[i](z^[i]); entry i - 1 of the answer is layer i. */
export function forward({
  x,
  layers,
}: Values): readonly { readonly aIn: Matrix; readonly z: Matrix; readonly a: Matrix }[] {
  let a = x;
  return layers.map(({ W, b }, i) => {
    const aIn = a;
    const z = add(matmul(aIn, W), b);
    a = map(z, activations[activation(i + 1, layers.length)].g);
    return { aIn, z, a };
  });
}

/** The notes leave L open: half the squared error here, so that dL/dyhat = yhat - y. */
export const lossOf = (yhat: Matrix, y: Matrix): number => total(map(sub(yhat, y), (e) => e ** 2 / 2));

export const loss = (v: Values): number => lossOf(forward(v).at(-1)?.a ?? v.x, v.y);

export interface Lines {
  readonly a: Matrix;
  readonly z: Matrix;
  readonly W: Matrix;
  readonly b: Matrix;
}

/** The whole list, back to front: each layer's four lines use the line above and nothing older. */
export function backToFront(v: Values): readonly Lines[] {
  const K = v.layers.length;
  const passes = forward(v);
  let da = sub(passes.at(-1)?.a ?? v.x, v.y);
  return v.layers
    .map((_, i) => i)
    .reverse()
    .map((i) => {
      const { W } = v.layers[i]!,
        { aIn, z } = passes[i]!;
      const a = da;
      const dz = hadamard(a, map(z, activations[activation(i + 1, K)].slope));
      da = matmul(dz, transpose(W));
      return { a, z: dz, W: matmul(transpose(aIn), dz), b: sumRows(dz) };
    })
    .reverse();
}
