import { gradients } from 'retrograph';
import { adam } from 'retrograph/optimizers';
import type { Example } from '../example.ts';
import { makeModel } from './model.ts';
import { DEFAULTS, type Settings } from './settings.ts';
import { type TrainOptions, type TrainResult, train } from './train.ts';

/** An example whose training can be set up, and that makes a report of it. */
export interface TunableExample extends Example {
  readonly defaults: Settings;
  readonly train: (options: TrainOptions) => Promise<TrainResult>;
  /** One HTML page, without anything that it would have to load. */
  readonly report: (result: TrainResult) => Promise<string>;
}

export const example: TunableExample = {
  name: 'digits',
  title: 'Handwritten digits, told apart by a multilayer perceptron',
  source: 'Y. LeCun, C. Cortes, C. Burges, The MNIST database of handwritten digits',
  graph: () => {
    const { graph, probabilities, loss, parameters, learningRate } = makeModel(DEFAULTS.hidden);
    return {
      graph,
      outputs: { probabilities, loss },
      gradients: gradients(loss, parameters),
      updates: adam({ learningRate }).minimize(loss),
    };
  },
  defaults: DEFAULTS,
  train,
  report: async (result) => (await import('./report.ts')).report(result),
};
