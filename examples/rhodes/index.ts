import type { Example } from '../example.ts';
import { backToFront, network } from './graph.ts';
import { results } from './results.ts';

export const example: Example = {
  name: 'rhodes',
  title: 'K layers, differentiated from back to front',
  source: 'Neil Rhodes, CS 152: Notes on Backpropagation (Rev. 1), 2019',
  graph: ({ seed } = {}) => {
    const net = network(4, '$batch', seed);
    const { graph, yhat, loss } = net;
    return { graph, outputs: { yhat, loss }, gradients: backToFront(net), predictions: { yhat }, loss };
  },
  results,
};
