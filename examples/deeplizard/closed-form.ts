/**
 * The formulas of deeplizard's notes in float64, node by node as they are printed. A layer's activations are a plain
 * list, w[j][k] is the weight from node k of the layer before to node j.
 */
import { activations, at, generator, type Matrix, matrix, uniform, type Vector } from '../matrix.ts';

/** Layer L has 4 nodes and layer L-1 has 6, as the expanded sums show; layer L-2, the input here, has 5. */
export const SIZES = { input: 5, hidden: 6, output: 4 };

export interface Values {
  /** One row for each sample. */
  readonly x: Matrix;
  readonly y: Matrix;
  /** Layer L-1: hidden x input. */
  readonly w1: Matrix;
  /** Layer L: output x hidden. */
  readonly w2: Matrix;
}

export function values(samples: number, seed: number): Values {
  const random = generator(seed);
  return {
    x: uniform(random, samples, SIZES.input),
    y: uniform(random, samples, SIZES.output),
    w1: uniform(random, SIZES.hidden, SIZES.input),
    w2: uniform(random, SIZES.output, SIZES.hidden),
  };
}

const sum = (n: number, term: (index: number) => number): number =>
  Array.from({ length: n }, (_, index) => term(index)).reduce((a, b) => a + b, 0);

/** z_j = sum over k of w_jk a_k; there is no bias. */
export const inputsOf = (w: Matrix, a: Vector): Vector =>
  w.map((weights) => sum(weights.length, (k) => (weights[k] ?? 0) * (a[k] ?? 0)));

/** Everything about one sample: g is tanh in layer L-1 and a sigmoid in layer L. */
export function sample({ x, y, w1, w2 }: Values, i: number) {
  const input = x[i] ?? [];
  const target = y[i] ?? [];
  const z1 = inputsOf(w1, input);
  const a1 = z1.map(activations.tanh.g);
  const z2 = inputsOf(w2, a1);
  const a2 = z2.map(activations.sigmoid.g);
  const squared = a2.map((a, j) => (a - (target[j] ?? 0)) ** 2);

  const C_by_a = a2.map((a, j) => 2 * (a - (target[j] ?? 0)));
  const a_by_z = z2.map(activations.sigmoid.slope);
  const C_by_w2 = matrix(SIZES.output, SIZES.hidden, (j, k) => C_by_a[j]! * a_by_z[j]! * a1[k]!);
  const C_by_a1 = a1.map((_, k) => sum(SIZES.output, (j) => C_by_a[j]! * a_by_z[j]! * at(w2, j, k)));
  const a1_by_z1 = z1.map(activations.tanh.slope);
  const C_by_w1 = matrix(SIZES.hidden, SIZES.input, (j, k) => C_by_a1[j]! * a1_by_z1[j]! * input[k]!);
  return {
    input,
    z1,
    a1,
    z2,
    a2,
    squared,
    C: sum(SIZES.output, (j) => squared[j]!),
    C_by_a,
    a_by_z,
    C_by_w2,
    C_by_a1,
    a1_by_z1,
    C_by_w1,
  };
}

/** C: the average over the samples of each one's sum of squares. */
export const cost = (v: Values): number => sum(v.x.length, (i) => sample(v, i).C) / v.x.length;

/** C_0 as a function of layer L-1's activations. */
export function costFrom(a1: Vector, { w2, y }: Values, i: number): number {
  const a2 = inputsOf(w2, a1).map(activations.sigmoid.g);
  return sum(SIZES.output, (j) => (a2[j]! - at(y, i, j)) ** 2);
}

/** The average over the samples of a number or of a matrix that each one has. */
export const average = (v: Values, of: (i: number) => number): number => sum(v.x.length, of) / v.x.length;
export const averageMatrix = (v: Values, of: (i: number) => Matrix): Matrix => {
  const all = v.x.map((_, i) => of(i));
  return all[0]!.map((weights, j) => weights.map((_, k) => average(v, (i) => at(all[i]!, j, k))));
};
