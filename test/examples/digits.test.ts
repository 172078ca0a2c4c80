/** The digits: data, a short training, and what it leaves behind. */
import { expect } from 'chai';
import { DigitsError, loadDigits } from '../../examples/digits/data.ts';
import { example } from '../../examples/digits/index.ts';
import { backend, CancelledError } from '../../index.node.ts';
import { EFFORT } from '../support/effort.ts';
import { itAgreesOnBackends } from './backends.ts';

/** Whether to run what `npm test` leaves out for time. */

describe('digits', () => {
  it('are the real ones', () => {
    const { train, test } = loadDigits({ train: 10, test: 5 });
    expect([...train.labels]).to.deep.equal([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    expect([...test.labels]).to.deep.equal([7, 2, 1, 0, 4]);
    expect(train.images).to.have.lengthOf(10 * 784);
    expect(Math.max(...train.images)).to.equal(1);
  });

  it('are told apart after a short training, better than 90 of 100, on digits not seen before', async () => {
    const progress: number[] = [];
    const before = (await backend('wasm')).memory().buffers;
    const { metrics, losses, epochs, test, parameters } = await example.train({
      backend: 'wasm',
      seed: 1,
      limit: 10_000,
      epochs: 2,
      batchSize: 64,
      onProgress: ({ step }) => progress.push(step),
    });
    expect(metrics['test accuracy']).to.be.greaterThan(0.92);
    expect(losses).to.have.lengthOf(2 * Math.ceil(10_000 / 64));
    expect(progress).to.deep.equal(losses.map((_, i) => i + 1));
    expect(epochs.map(({ epoch }) => epoch)).to.deep.equal([1, 2]);
    expect(parameters).to.equal(784 * 128 + 128 + 128 * 64 + 64 + 64 * 10 + 10);
    expect(test.confusion.flat().reduce((a, b) => a + b)).to.equal(10_000);
    expect((await backend('wasm')).memory().buffers).to.equal(before);
  });

  it('are told apart by the convolutional network, better than 85 of 100 after 80 steps', async () => {
    const { metrics, losses, parameters, network } = await example.train({
      backend: 'wasm',
      seed: 1,
      model: 'cnn',
      limit: 2000,
      steps: 80,
      batchSize: 32,
    });
    expect(network).to.match(/^a convolutional network/);
    expect(parameters).to.equal(25 * 8 + 8 + 25 * 8 * 16 + 16 + 4 * 4 * 16 * 10 + 10);
    expect(losses.at(-1)).to.be.below(0.4 * losses[0]!);
    expect(metrics['test accuracy']).to.be.above(0.85);
  });

  if (EFFORT === 'deep')
    it('are told apart by the convolutional network, 97.5 of 100 and more, after all of it', async () => {
      const { metrics, test } = await example.train({ backend: 'wasm', seed: 1, model: 'cnn' });
      expect(test.labels).to.have.lengthOf(10_000);
      expect(metrics['test accuracy']).to.be.at.least(0.975);
    }).timeout(600_000);

  it('one seed, one result', async () => {
    const run = async (seed: number) =>
      (await example.train({ backend: 'wasm', seed, limit: 640, epochs: 1, batchSize: 64, hidden: [16] })).losses;
    const first = await run(7);
    expect(await run(7)).to.deep.equal(first);
    expect(await run(8)).to.not.deep.equal(first);
  });

  itAgreesOnBackends(example, { model: 'mlp', limit: 500, steps: 20, batchSize: 32, hidden: [32] });
  itAgreesOnBackends(example, { model: 'cnn', limit: 200, steps: 8, batchSize: 32 });

  it('steps take the place of epochs: the first ones are the same, the last ones have a smaller rate', async () => {
    const run = async (length: { steps?: number; epochs?: number }) =>
      example.train({ backend: 'wasm', seed: 7, limit: 640, batchSize: 64, hidden: [16], ...length });
    const { losses, epochs, settings } = await run({ steps: 13, epochs: 1 });
    expect(settings).to.deep.equal({ model: 'mlp', steps: 13, batchSize: 64, learningRate: 0.003, hidden: [16] });
    expect(losses).to.have.lengthOf(13);
    expect(epochs.map(({ epoch, step }) => [epoch, step])).to.deep.equal([
      [1, 10],
      [2, 13],
    ]);
    // 20 steps are two epochs, to the last bit
    expect((await run({ steps: 20 })).losses).to.deep.equal((await run({ epochs: 2 })).losses);
    expect((await run({ epochs: 2 })).losses[0]).to.equal(losses[0]);
  });

  it('a training that is cancelled ends with CancelledError', async () => {
    const controller = new AbortController();
    const training = example.train({
      backend: 'wasm',
      seed: 1,
      limit: 640,
      signal: controller.signal,
      onProgress: ({ step }) => step === 3 && controller.abort(),
    });
    expect(await training.catch((e: unknown) => e)).to.be.instanceOf(CancelledError);
  });

  it('have a graph with gradients and updates to look at', () => {
    const { outputs, gradients, updates } = example.graph();
    expect(Object.keys(outputs)).to.deep.equal(['probabilities', 'loss']);
    expect(Object.keys(gradients)).to.deep.equal(['W1', 'b1', 'W2', 'b2', 'W3', 'b3']);
    expect(updates).to.have.lengthOf(3 * 6 + 1);
    const { gradients: convolutional } = example.graph({ model: 'cnn' });
    expect(Object.keys(convolutional)).to.deep.equal(['F1', 'c1', 'F2', 'c2', 'W1', 'b1']);
    expect(() => example.graph({ model: 'rnn' })).to.throw(DigitsError, "no model 'rnn'; there are mlp, cnn");
  });
});
