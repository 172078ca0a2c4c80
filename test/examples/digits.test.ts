/** The digits: data, a short training, and what it leaves behind. */
import { expect } from 'chai';
import { loadDigits } from '../../examples/digits/data.ts';
import { example } from '../../examples/digits/index.ts';
import { backend, CancelledError } from '../../index.node.ts';

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

  it('one seed, one result; on both backends nearly the same', async () => {
    const run = async (name: string, seed: number) =>
      (await example.train({ backend: name, seed, limit: 640, epochs: 1, batchSize: 64, hidden: [16] })).losses;
    const first = await run('wasm', 7);
    expect(await run('wasm', 7)).to.deep.equal(first);
    expect(await run('wasm', 8)).to.not.deep.equal(first);
    for (const [i, loss] of (await run('cpu', 7)).entries()) expect(loss).to.be.closeTo(first[i]!, 1e-3);
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
  });
});
