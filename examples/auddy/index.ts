import type { Example } from '../example.ts';
import { derivatives, meanLoss, network, uncompressed } from './graph.ts';
import { results } from './results.ts';
import { optimizer, train } from './train.ts';

export const example: Example = {
  name: 'auddy',
  title: 'One hidden layer for binary classification, in matrices',
  source: 'Sayantan Auddy, Derivations for Backpropagation',
  graph: ({ seed } = {}) => {
    const net = network(4, '$m', seed);
    const { graph, A2, Z2, Y } = net;
    const loss = uncompressed(Z2, Y);
    const mean = meanLoss(Z2, Y);
    const { Z2: dZ2, W2: dW2, b2: db2, A1: dA1, Z1: dZ1, W1: dW1, b1: db1 } = derivatives(loss, net);
    return {
      graph,
      outputs: { A2, loss },
      gradients: { dZ2, dW2, db2, dA1, dZ1, dW1, db1 },
      updates: optimizer.minimize(mean),
      predictions: { A2 },
      loss: mean,
    };
  },
  results,
  train,
};
