/** Networks made of layers learn. */
import { expect } from 'chai';
import { loadDigits } from '../../examples/digits/data.ts';
import { compile, Graph, type Sym } from '../../index.node.ts';
import { losses, relu } from '../../ops/index.ts';
import {
  batchNormalization,
  conv2d,
  dense,
  dropout,
  embedding,
  flatten,
  gru,
  lstm,
  maxPooling2d,
} from '../../plugins/layers/index.ts';
import { adam } from '../../plugins/optimizers/index.ts';
import { accuracy, oneHot, fit as train } from '../../plugins/training/index.ts';
import { cpuSecondsSince } from '../support/cpu-time.ts';

describe('networks of layers', () => {
  it('a CNN with batch normalization and dropout tells digits apart that it never saw, on wasm', async () => {
    const digits = loadDigits({ train: 1000, test: 500 });
    const g = new Graph();
    const images = g.placeholder('images', ['$batch', 28, 28, 1]);
    const network = (training: boolean) => {
      const shared = (name: string) => ({ name, share: true });
      let x = conv2d(images, { filters: 8, kernelSize: 5, strides: 2, activation: relu, ...shared('conv') });
      x = maxPooling2d(x);
      const normal = batchNormalization(x, { training, momentum: 0.9, ...shared('norm') });
      x = dropout(dense(flatten(normal.y), { units: 32, activation: relu, ...shared('hidden') }), {
        rate: 0.2,
        training,
      });
      return { logits: dense(x, { units: 10, ...shared('top') }), updates: normal.updates };
    };
    const { logits, updates } = network(true);
    const loss = losses.softmaxCrossEntropy(g.placeholder('labels', ['$batch', 10]), logits);
    const step = await compile(
      { loss },
      { backend: 'wasm', seed: 1, updates: [...adam({ learningRate: 0.005 }).minimize(loss), ...updates] },
    );
    const use = await compile({ logits: network(false).logits }, { variables: step.variables });
    const before = process.cpuUsage();
    const column = ({ images: data, count }: typeof digits.train) =>
      ({ data, shape: [count, 28, 28, 1], dtype: 'float32' }) as const;
    const { history } = await train(
      step,
      { images: column(digits.train), labels: oneHot(digits.train.labels, 10) },
      { epochs: 5, batchSize: 50, seed: 1 },
    );
    expect(history.at(-1)!.loss).to.be.below(0.4 * history[0]!.loss!);
    const { logits: scores } = await use.run({ images: column(digits.test) });
    expect(accuracy(digits.test.labels, scores)).to.be.above(0.85);
    expect(cpuSecondsSince(before)).to.be.below(20);
    use.dispose();
    step.dispose();
  });

  for (const [name, recurrent] of Object.entries({ lstm, gru })) {
    it(`an embedding and ${name} learn whether a 1 came before the 2`, async () => {
      const [EXAMPLES, STEPS, WORDS] = [128, 8, 6];
      // two places in each sentence for the words 1 and 2, and other words around them
      const sentences = Array.from({ length: EXAMPLES }, (_, row) => {
        const words = Array.from({ length: STEPS }, (_, i) => 3 + ((7 * row + 5 * i * i + i) % (WORDS - 3)));
        const first = row % (STEPS - 1);
        const second = first + 1 + ((row * 3) % (STEPS - 1 - first));
        const inOrder = (row * 5 + (row >> 3)) % 2 === 0;
        words[first] = inOrder ? 1 : 2;
        words[second] = inOrder ? 2 : 1;
        return { words, label: Number(inOrder) };
      });
      const g = new Graph();
      const ids = g.placeholder('ids', ['$batch', STEPS], 'int32');
      const last: Sym = recurrent(embedding(ids, { inputDim: WORDS, outputDim: 4 }), { units: 8 }).y;
      const logits = dense(last, { units: 1 });
      const loss = losses.sigmoidCrossEntropy(g.placeholder('labels', ['$batch', 1]), logits);
      const step = await compile(
        { loss },
        { backend: 'wasm', seed: 2, updates: adam({ learningRate: 0.03 }).minimize(loss) },
      );
      const use = await compile({ logits }, { variables: step.variables });
      const [seen, unseen] = [sentences.slice(0, 96), sentences.slice(96)];
      await train(
        step,
        { ids: seen.map((s) => s.words), labels: seen.map((s) => [s.label]) },
        { epochs: 40, batchSize: 32, seed: 1 },
      );
      const right = async (some: typeof sentences) => {
        const scores = (await use.run({ ids: some.map((s) => s.words) })).logits.data;
        return some.filter(({ label }, i) => scores[i]! > 0 === (label === 1)).length / some.length;
      };
      expect(await right(seen), 'seen').to.equal(1);
      expect(await right(unseen), 'unseen').to.be.above(0.9);
      use.dispose();
      step.dispose();
    });
  }
});
