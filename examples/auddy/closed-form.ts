/** Equations (1) to (29) of Auddy's derivations in float64. A sample is a row; W1 is h x D, W2 is 1 x h. */
import {
  activations,
  add,
  fill,
  generator,
  hadamard,
  type Matrix,
  map,
  matmul,
  matrix,
  rowsOf,
  scale,
  sub,
  sumRows,
  total,
  transpose,
  uniform,
  zip,
} from '../matrix.ts';

export interface Parameters {
  readonly W1: Matrix;
  readonly b1: Matrix;
  readonly W2: Matrix;
  readonly b2: Matrix;
}

export interface Values extends Parameters {
  readonly X: Matrix;
  readonly Y: Matrix;
}

/** m samples of D = 2 numbers, and h hidden units. */
export function values(m: number, h: number, seed: number): Values {
  const random = generator(seed);
  return {
    X: uniform(random, m, 2),
    Y: matrix(m, 1, (i) => i % 2),
    W1: uniform(random, h, 2),
    b1: uniform(random, 1, h),
    W2: uniform(random, 1, h),
    b2: uniform(random, 1, 1),
  };
}

/** (1) to (4), with g1 = tanh and g2 the sigmoid. */
export function forward({ X, W1, b1, W2, b2 }: Omit<Values, 'Y'>) {
  const Z1 = add(matmul(X, transpose(W1)), b1);
  const A1 = map(Z1, activations.tanh.g);
  return { Z1, A1, ...output(A1, { W2, b2 }) };
}

export function output(A1: Matrix, { W2, b2 }: Pick<Values, 'W2' | 'b2'>) {
  const Z2 = add(matmul(A1, transpose(W2)), b2);
  return { Z2, A2: map(Z2, activations.sigmoid.g) };
}

/** (6): a loss for each sample, m x 1. */
export const uncompressed = (A2: Matrix, Y: Matrix): Matrix =>
  zip(A2, Y, (a, y) => -y * Math.log(a) - (1 - y) * Math.log(1 - a));

/** (5): their average. */
export const loss = (A2: Matrix, Y: Matrix): number => total(uncompressed(A2, Y)) / rowsOf(Y);

/** (7) to (23). The names with `Sum` are what the derivation has before it divides by m. */
export function backward(v: Values) {
  const { A1, Z2, A2 } = forward(v);
  const { X, Y, W2 } = v;
  const m = rowsOf(X);
  const dA2 = zip(A2, Y, (a, y) => -y / a + (1 - y) / (1 - a)); // (7)
  const middle = hadamard(dA2, map(Z2, activations.sigmoid.slope)); // (8), not simplified
  const dZ2 = sub(A2, Y); // (8), (24)
  const dW2Sum = matmul(transpose(dZ2), A1); // (9)
  const dA1 = matmul(dZ2, W2); // (18)
  const dZ1 = hadamard(
    dA1,
    sub(
      fill(1, 1, 1),
      map(A1, (a) => a ** 2),
    ),
  ); // (19), (27)
  const dW1Sum = matmul(transpose(dZ1), X); // (20)
  const [db2Sum, db1Sum] = [sumRows(dZ2), sumRows(dZ1)];
  return {
    dA2,
    middle,
    dZ2,
    dW2Sum,
    db2Sum,
    dA1,
    dZ1,
    dW1Sum,
    db1Sum,
    dW2: scale(1 / m, dW2Sum), // (14), (25)
    db2: scale(1 / m, db2Sum), // (17), (26)
    dW1: scale(1 / m, dW1Sum), // (21), (28)
    db1: scale(1 / m, db1Sum), // (23), (29)
  };
}

/** The loss (6) and its derivative (8) from the logit, in a form that no finite logit overflows. */
export const lossOfLogit = (z: number, y: number): number =>
  Math.max(z, 0) - z * y + Math.log1p(Math.exp(-Math.abs(z)));
export const slopeOfLogit = (z: number, y: number): number => activations.sigmoid.g(z) - y;
