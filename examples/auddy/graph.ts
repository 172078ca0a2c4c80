/**
 * Auddy's network with one hidden layer, for binary classification. A sample is a row: X is m x D, W1 is h x D and W2
 * is 1 x h, so both stand transposed in the forward pass, and the biases are rows.
 *
 * There are two losses. (6) keeps one number for each sample, and the derivatives by Z2, A1 and Z1 are those of its
 * sum: dZ2 = A2 - Y. (5) is the average, and the derivatives by the parameters are its: dW2 = dZ2ᵀ A1 / m.
 */
import { Graph, gradients, type Sym } from 'retrograph';
import { glorotUniform, zeros } from 'retrograph/initializers';
import { add, div, log, matMul, mean, mul, neg, sigmoid, sub, sum, tanh } from 'retrograph/ops';
import * as losses from 'retrograph/ops/losses';

export function network(h: number, m: number | string = '$m', seed = 1) {
  const graph = new Graph();
  const X = graph.placeholder('X', [m, 2]);
  const Y = graph.placeholder('Y', [m, 1]);
  const W1 = graph.variable('W1', [h, 2], glorotUniform({ seed }));
  const b1 = graph.variable('b1', [1, h], zeros());
  const W2 = graph.variable('W2', [1, h], glorotUniform({ seed: seed + 1 }));
  const b2 = graph.variable('b2', [1, 1], zeros());
  const Z1 = graph.name('Z1', add(matMul(X, W1, false, true), b1)); // (1)
  const A1 = graph.name('A1', tanh(Z1)); // (2)
  const Z2 = graph.name('Z2', add(matMul(A1, W2, false, true), b2)); // (3)
  const A2 = graph.name('A2', sigmoid(Z2)); // (4)
  return { graph, X, Y, W1, b1, W2, b2, Z1, A1, Z2, A2 };
}

/** (6) and (5) as they are printed: fine while A2 is neither 0 nor 1. */
export const printedUncompressed = (A2: Sym, Y: Sym): Sym => sub(mul(neg(Y), log(A2)), mul(sub(1, Y), log(sub(1, A2))));
export const printedMean = (A2: Sym, Y: Sym): Sym => mean(printedUncompressed(A2, Y));

/** The same losses from the logits Z2, which never overflow; their gradient is A2 - Y, and (A2 - Y) / m. */
export const uncompressed = (Z2: Sym, Y: Sym): Sym =>
  losses.sigmoidCrossEntropy(Y, Z2, undefined, 0, losses.Reduction.NONE);
export const meanLoss = (Z2: Sym, Y: Sym): Sym => losses.sigmoidCrossEntropy(Y, Z2);

/** (7), and (8) before it is simplified, as they are printed. */
export const printedSlopes = (A2: Sym, Y: Sym) => {
  const dA2 = add(div(neg(Y), A2), div(sub(1, Y), sub(1, A2)));
  return { dA2, dZ2: mul(mul(dA2, A2), sub(1, A2)) };
};

/** The derivatives of a loss, by everything that the notes differentiate by. */
export const derivatives = (loss: Sym, { Z2, W2, b2, A1, Z1, W1, b1 }: ReturnType<typeof network>) =>
  gradients(loss, { Z2, W2, b2, A1, Z1, W1, b1 });

/** All of (24) to (29): those by Z2 and Z1 of the sum of (6), the others of its mean (5). */
export const summary = (net: ReturnType<typeof network>) => ({
  ofSum: derivatives(sum(uncompressed(net.Z2, net.Y)), net),
  ofMean: derivatives(meanLoss(net.Z2, net.Y), net),
});
