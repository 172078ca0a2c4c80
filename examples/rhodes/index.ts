import type { Example } from '../example.ts';
import { backToFront, network } from './graph.ts';
import { results } from './results.ts';

export const example: Example = {
  name: 'rhodes',
  title: 'K layers, differentiated from back to front',
  source: 'Neil Rhodes, CS 152: Notes on Backpropagation (Rev. 1), 2019',
  graph: ({ seed } = {}) => {
    const net = network(4, '$batch', seed);
    return { graph: net.graph, outputs: { yhat: net.yhat, loss: net.loss }, gradients: backToFront(net) };
  },
  results,
};
