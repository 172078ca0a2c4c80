import { gradients } from 'retrograph';
import { adam } from 'retrograph/optimizers';
import type { TunableExample } from '../example.ts';
import { requireData } from './data.ts';
import { makeModel } from './model.ts';
import { DEFAULTS } from './settings.ts';
import { train } from './train.ts';

export const example: TunableExample = {
  name: 'languages',
  title: 'Which language a word is from, by its letters in a row',
  source: 'A. Joulin, E. Grave, P. Bojanowski, T. Mikolov, Bag of Tricks for Efficient Text Classification (2016)',
  noun: 'word',
  graph: () => {
    const { graph, probabilities, loss, parameters, learningRate } = makeModel();
    return {
      graph,
      outputs: { probabilities, loss },
      gradients: gradients(loss, parameters),
      updates: adam({ learningRate }).minimize(loss),
      predictions: { probabilities },
      loss,
    };
  },
  defaults: DEFAULTS,
  requireData,
  train,
};
