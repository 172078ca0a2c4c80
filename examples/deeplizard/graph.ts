/**
 * deeplizard's network. In the notes w_jk leads from node k to node j, so a weight matrix is out x in; a sample is a
 * row, so z = a wᵀ. The loss of a sample is the sum of squares over the outputs (not halved), that of a batch is the
 * average over its samples only; tf's meanSquaredError divides by the number of outputs as well. There is no bias.
 */
import { Graph, gradients, type Sym } from 'retrograph';
import { glorotUniform } from 'retrograph/initializers';
import { matMul, reshape, sigmoid, slice, square, sub, sum, tanh } from 'retrograph/ops';
import * as losses from 'retrograph/ops/losses';
import { SIZES } from './closed-form.ts';

export function network(samples: number, seed = 1) {
  const { input, hidden, output } = SIZES;
  const graph = new Graph();
  const x = graph.placeholder('x', [samples, input]);
  const y = graph.placeholder('y', [samples, output]);
  const w1 = graph.variable('w1', [hidden, input], glorotUniform({ seed }));
  const w2 = graph.variable('w2', [output, hidden], glorotUniform({ seed: seed + 1 }));
  const z1 = graph.name('z1', matMul(x, w1, false, true));
  const a1 = graph.name('a1', tanh(z1));
  const z2 = graph.name('z2', matMul(a1, w2, false, true));
  const a2 = graph.name('a2', sigmoid(z2));
  const squared = square(sub(a2, y));
  const C0 = sum(squared, 1);
  const C = losses.sumOfSquaredErrors(y, a2, { averageOverSamples: true });
  return { graph, x, y, w1, w2, z1, a1, z2, a2, squared, C0, C, meanSquaredError: losses.meanSquaredError(y, a2) };
}

/** What the notes ask for: the derivatives by every weight, and by layer L-1's activations. */
export function derivatives({ C, w1, w2, a1 }: Pick<ReturnType<typeof network>, 'C' | 'w1' | 'w2' | 'a1'>) {
  return gradients(C, { w2, a1, w1 });
}

/** One entry of a matrix, as a scalar. */
export const entry = (m: Sym, i: number, j: number): Sym => reshape(slice(m, [i, j], [1, 1]), []);
