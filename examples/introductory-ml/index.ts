import type { Example } from '../example.ts';
import * as code from './code.ts';
import * as handwritten from './handwritten.ts';
import * as leastSquares from './least-squares.ts';
import { derivatives, network } from './network.ts';
import * as rules from './rules.ts';
import * as threeLayers from './three-layers.ts';
import * as twoLayers from './two-layers.ts';

/** In the order of the notes. */
const SECTIONS = [rules, leastSquares, twoLayers, handwritten, code, threeLayers];

export const example: Example = {
  name: 'introductory-ml',
  title: 'Linear layers, ReLU and softmax, one sample at a time',
  source: 'Introductory Machine Learning, Some Notes on Backpropagation',
  graph: ({ seed } = {}) => {
    const net = network([2, 4, 3], 'relu', 'softmax', seed);
    const { graph, p, loss } = net;
    return { graph, outputs: { p, loss }, gradients: derivatives(net), predictions: { p }, loss };
  },
  results: async (options) => {
    const rows = [];
    for (const section of SECTIONS) rows.push(...(await section.rows(options)));
    return rows;
  },
  train: leastSquares.train,
};
