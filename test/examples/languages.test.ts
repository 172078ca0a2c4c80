/** Words of four languages: data, n-grams, and a short training. */
import { expect } from 'chai';
import { LANGUAGES, LONGEST_WORD, loadWords } from '../../examples/languages/data.ts';
import { example } from '../../examples/languages/index.ts';
import { BUCKETS, bucketOf, encode, LENGTH, ngramsOf, PADDING } from '../../examples/languages/ngrams.ts';
import { backend, CancelledError, compile } from '../../index.node.ts';
import { itAgreesOnBackends } from './backends.ts';

describe('languages', () => {
  it('are as many words of each, each in one language alone, some of them held out', () => {
    const { train, test } = loadWords();
    expect(train.words).to.have.lengthOf(4 * 18_000);
    expect(test.words).to.have.lengthOf(4 * 2_000);
    for (const { words, labels } of [train, test]) {
      expect(labels).to.have.lengthOf(words.length);
      for (const [language] of LANGUAGES.entries())
        expect(labels.filter((label) => label === language)).to.have.lengthOf(words.length / 4);
    }
    expect(new Set([...train.words, ...test.words]).size).to.equal(80_000);
    const short = loadWords(10);
    expect([short.train.words, short.test.words]).to.deep.equal([train.words.slice(0, 10), test.words.slice(0, 10)]);
  });

  it('are told by n-grams, of which there are as many as fit', () => {
    expect(ngramsOf('is')).to.deep.equal(['<i', 'is', 's>', '<is', 'is>', '<is>']);
    expect(ngramsOf('x')).to.deep.equal(['<x', 'x>', '<x>']);
    expect(ngramsOf('x'.repeat(LONGEST_WORD))).to.have.lengthOf(LENGTH);
    const [row, next] = [encode(['is', 'x']).subarray(0, LENGTH), encode(['is', 'x']).subarray(LENGTH)];
    expect([...row.subarray(0, 7)]).to.deep.equal([...ngramsOf('is').map(bucketOf), PADDING]);
    expect([...next.subarray(0, 4)]).to.deep.equal([...ngramsOf('x').map(bucketOf), PADDING]);
    const buckets = new Set(loadWords(2000).train.words.flatMap((word) => ngramsOf(word).map(bucketOf)));
    expect(Math.min(...buckets)).to.be.above(PADDING);
    expect(Math.max(...buckets)).to.be.below(BUCKETS);
  });

  it('are told apart after a short training, at 8 of 10 words not seen before', async () => {
    const progress: number[] = [];
    const before = (await backend('wasm')).memory().buffers;
    const { metrics, losses, epochs, test, guesses, parameters } = await example.train({
      backend: 'wasm',
      seed: 1,
      limit: 8_000,
      onProgress: ({ step }) => progress.push(step),
    });
    expect(metrics['test accuracy']).to.be.above(0.8);
    expect(losses).to.have.lengthOf(3 * Math.ceil(8_000 / 256));
    expect(losses.at(-1)).to.be.below(0.5 * losses[0]!);
    expect(progress).to.deep.equal(losses.map((_, i) => i + 1));
    expect(epochs.map(({ epoch }) => epoch)).to.deep.equal([1, 2, 3]);
    expect(test.confusion.map((row) => row.reduce((a, b) => a + b))).to.deep.equal([2000, 2000, 2000, 2000]);
    expect(parameters).to.equal(BUCKETS * 16 + 16 * 4 + 4);
    expect(guesses).to.have.lengthOf(18);
    expect(guesses!.slice(-6).filter(({ is, guess }) => is === guess)).to.be.empty;
    expect((await backend('wasm')).memory().buffers).to.equal(before);
  });

  it('one seed, one result', async () => {
    const run = async (seed: number) => (await example.train({ backend: 'wasm', seed, limit: 512, steps: 4 })).losses;
    const first = await run(7);
    expect(await run(7)).to.deep.equal(first);
    expect(await run(8)).to.not.deep.equal(first);
  });

  itAgreesOnBackends(example, { limit: 2_000, steps: 20, batchSize: 100 });

  it('padding counts for nothing: a word means the same whatever its padding is embedded as', async () => {
    const { outputs } = example.graph();
    const program = await compile({ probabilities: outputs.probabilities! }, { backend: 'wasm', seed: 1 });
    try {
      const feeds = { ngrams: encode(['bonjour', 'schön']) };
      const { data: before } = (await program.run(feeds)).probabilities;
      const { data, shape } = await program.variables.get('embeddings');
      const other = Float32Array.from(data, (value, i) => (i < shape[1]! ? 100 : value));
      await program.variables.set('embeddings', { data: other, shape, dtype: 'float32' });
      expect([...(await program.run(feeds)).probabilities.data]).to.deep.equal([...before]);
    } finally {
      program.dispose();
    }
  });

  it('a training that is cancelled ends with CancelledError', async () => {
    const controller = new AbortController();
    const training = example.train({
      backend: 'wasm',
      seed: 1,
      limit: 1024,
      signal: controller.signal,
      onProgress: ({ step }) => step === 3 && controller.abort(),
    });
    expect(await training.catch((e: unknown) => e)).to.be.instanceOf(CancelledError);
  });

  it('have a graph with gradients and updates to look at', () => {
    const { outputs, gradients, updates } = example.graph();
    expect(Object.keys(outputs)).to.deep.equal(['probabilities', 'loss']);
    expect(Object.keys(gradients)).to.deep.equal(['embeddings', 'W', 'b']);
    expect(updates).to.have.lengthOf(3 * 3 + 1);
  });
});
