// Batch normalization: trained with moving moments, used with them.
import { expect } from 'chai';
import { compile, Graph } from '../../index.node.ts';
import { batchNorm, batchNormTraining, losses } from '../../ops/index.ts';
import { sgd } from '../../plugins/optimizers/index.ts';
import { NAMED } from '../support/here.ts';
import { expectClose } from '../support/values.ts';

describe('batch normalization', () => {
  for (const backend of NAMED) {
    it(`follows the moments of its batches, and learns, on ${backend}`, async () => {
      const g = new Graph();
      const x = g.placeholder('x', ['$n', 2]);
      const y = g.placeholder('y', ['$n', 2]);
      const gamma = g.variable('gamma', [2], 1);
      const beta = g.variable('beta', [2], 0);
      const movingMean = g.variable('movingMean', [2], 0, { trainable: false });
      const movingVariance = g.variable('movingVariance', [2], 1, { trainable: false });
      const state = { gamma, beta, movingMean, movingVariance };
      const trained = batchNormTraining(x, state, { momentum: 0.5 });
      const loss = losses.meanSquaredError(y, trained.y);

      const step = await compile(
        { loss, y: trained.y },
        { backend, updates: [...sgd({ learningRate: 0.5 }).minimize(loss), ...trained.updates] },
      );
      const use = await compile(
        { y: batchNorm(x, movingMean, movingVariance, beta, gamma) },
        { variables: step.variables },
      );
      const batch = {
        x: [
          [1, -10],
          [2, 0],
          [3, 10],
          [6, 20],
        ],
      };
      const target = batch.x.map(([a, b]) => [2 * a! - 1, b! / 10 + 3]);
      const first = await step.run({ ...batch, y: target });
      const movedOnce = [...(await step.variables.get('movingMean')).data];
      expectClose(movedOnce, [1.5, 2.5]);
      expectClose([...(await step.variables.get('movingVariance')).data], [0.5 + 3.5 / 2, 0.5 + 125 / 2]);
      let last = first;
      for (let i = 0; i < 60; i++) last = await step.run({ ...batch, y: target });
      expect(last.loss.item()).to.be.below(1e-4);
      expect(first.loss.item()).to.be.above(1);
      // the moments have been reached
      expectClose([...(await use.run(batch)).y.data], target.flat(), 0.02);
      use.dispose();
      step.dispose();
    });
  }
});
