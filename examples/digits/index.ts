import { gradients } from 'retrograph';
import { adam } from 'retrograph/optimizers';
import type { TunableExample } from '../example.ts';
import { requireData } from './data.ts';
import { defaultsOf, makeModel } from './model.ts';
import { DEFAULTS } from './settings.ts';
import { type DigitsTraining, train } from './train.ts';

export const example: TunableExample<DigitsTraining> = {
  name: 'digits',
  title: 'Handwritten digits, told apart by a network',
  source: 'Y. LeCun, C. Cortes, C. Burges, The MNIST database of handwritten digits',
  noun: 'digit',
  graph: ({ model, hidden } = {}) => {
    const { graph, probabilities, loss, parameters, learningRate } = makeModel({
      ...defaultsOf(model),
      ...(hidden && { hidden }),
    });
    return {
      graph,
      outputs: { probabilities, loss },
      gradients: gradients(loss, parameters),
      updates: adam({ learningRate }).minimize(loss),
      predictions: { probabilities },
      loss,
    };
  },
  defaults: DEFAULTS.mlp,
  requireData,
  train,
  report: async (training) => (await import('./report.ts')).report(training),
  requireReport: async () => {
    await (await import('./report-drawing.ts')).loadDrawing();
  },
};
