import type { Example } from '../example.ts';
import { derivatives, network } from './graph.ts';
import { results } from './results.ts';

export const example: Example = {
  name: 'deeplizard',
  title: 'One weight, one activation: the chain rule node by node',
  source: 'deeplizard, Backpropagation notes',
  graph: ({ seed } = {}) => {
    const net = network(3, seed);
    const { C, C0, a2 } = net;
    const { w2, a1, w1 } = derivatives(net);
    return {
      graph: net.graph,
      outputs: { 'a^(L)': a2, C0, C },
      predictions: { 'a^(L)': a2 },
      loss: C,
      gradients: { 'w^(L)': w2, 'a^(L-1)': a1, 'w^(L-1)': w1 },
    };
  },
  results,
};
