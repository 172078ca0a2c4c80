import { gradients } from 'retrograph';
import type { Example } from '../example.ts';
import * as automaticDifferentiation from './automatic-differentiation.ts';
import * as chainRule from './chain-rule.ts';
import * as deepNetwork from './deep-network.ts';
import * as jacobians from './jacobians.ts';
import * as matrixGradients from './matrix-gradients.ts';
import * as partialDerivatives from './partial-derivatives.ts';
import * as problem from './problem.ts';
import * as specificExample from './specific-example.ts';

/** In the order of the notes. */
const SECTIONS = [
  problem,
  partialDerivatives,
  chainRule,
  jacobians,
  matrixGradients,
  automaticDifferentiation,
  deepNetwork,
  specificExample,
];

export const example: Example = {
  name: 'cse473',
  title: 'From partial derivatives to a network of two layers',
  source: 'Hossam Abd El Munim, CSE473: Computational Intelligence, Backpropagation',
  graph: ({ seed } = {}) => {
    const { graph, f2, E, A1, b1, A0, b0 } = specificExample.graph('sigmoid', seed);
    return {
      graph,
      outputs: { f2, E },
      gradients: gradients(E, { A1, b1, A0, b0 }),
      predictions: { f2 },
      loss: E,
    };
  },
  results: async (options) => {
    const rows = [];
    for (const section of SECTIONS) rows.push(...(await section.rows(options)));
    return rows;
  },
};
