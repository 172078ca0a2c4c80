/** Batches, metrics and the plain training loop. */
import { expect } from 'chai';
import { sumAxes } from '../../engine/index.ts';
import { AttributeError, CancelledError, compile, FeedError, Graph, HostTensor, ShapeError } from '../../index.node.ts';
import { mul, square, sub } from '../../ops/index.ts';
import { sgd } from '../../plugins/optimizers/index.ts';
import {
  accuracy,
  batches,
  classesOf,
  confusionMatrix,
  oneHot,
  shuffle,
  fit as train,
} from '../../plugins/training/index.ts';

describe('shuffle', () => {
  it('is a permutation that depends on seed and epoch alone', () => {
    const order = shuffle(100, { seed: 3, epoch: 2 });
    expect([...order].sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 100 }, (_, i) => i));
    expect(shuffle(100, { seed: 3, epoch: 2 })).to.deep.equal(order);
    expect(shuffle(100, { seed: 3, epoch: 3 })).not.to.deep.equal(order);
    expect(shuffle(100, { seed: 4, epoch: 2 })).not.to.deep.equal(order);
    expect(shuffle(0)).to.have.lengthOf(0);
  });

  it('golden: what a seed gives never changes', () => expect([...shuffle(10, { seed: 7 })]).to.deep.equal(GOLDEN));
});
const GOLDEN = [2, 5, 6, 9, 0, 4, 1, 3, 7, 8];

describe('batches', () => {
  const data = {
    nested: [
      [0, 0],
      [1, 10],
      [2, 20],
      [3, 30],
      [4, 40],
    ],
    flat: Float32Array.of(0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4),
    tensor: new HostTensor({ data: Int32Array.of(0, 1, 2, 3, 4), shape: [5, 1], dtype: 'int32' }),
  };

  it('hold every example once, together in all columns, each in the form that it came in', () => {
    const seen: number[] = [];
    const sizes: number[] = [];
    for (const { nested, flat, tensor } of batches(data, { batchSize: 2, seed: 1 })) {
      const rows = [...tensor.data];
      sizes.push(rows.length);
      seen.push(...rows);
      expect(tensor).to.be.instanceOf(HostTensor);
      expect(tensor.shape).to.deep.equal([rows.length, 1]);
      expect(nested).to.deep.equal(rows.map((r) => [r, 10 * r]));
      expect(flat).to.deep.equal(Float32Array.from(rows.flatMap((r) => [r, r, r])));
    }
    expect(sizes).to.deep.equal([2, 2, 1]);
    expect(seen).to.deep.equal([...shuffle(5, { seed: 1 })]);
  });

  it('in order, and without a smaller last one', () => {
    const rows = [...batches(data, { batchSize: 2, shuffle: false, dropRemainder: true })].map((b) => [
      ...b.tensor.data,
    ]);
    expect(rows).to.deep.equal([
      [0, 1],
      [2, 3],
    ]);
  });

  it('refuse what does not fit', () => {
    expect(() => [...batches({ a: [[1], [2]], b: [[1]] }, { batchSize: 1 })]).to.throw(FeedError, "'b' has 1");
    expect(() => [...batches({ a: [[1], [2]], b: new Float32Array(3) }, { batchSize: 1 })]).to.throw(
      FeedError,
      "'b' has 3 elements",
    );
    expect(() => [...batches({ a: new Float32Array(4) }, { batchSize: 1 })]).to.throw(FeedError, 'examples');
    expect(
      [...batches({ a: new Float32Array(4) }, { batchSize: 1, examples: 2 })].map((b) => b.a.length),
    ).to.deep.equal([2, 2]);
    expect(() => [...batches(data, { batchSize: 0 })]).to.throw(AttributeError, 'batchSize');
    expect([...batches({ a: [], b: new Float32Array(0) }, { batchSize: 2 })]).to.deep.equal([]);
    expect(() => [...batches({ a: [], b: new Float32Array(1) }, { batchSize: 2 })]).to.throw(FeedError, "'b' has 1");
  });
});

describe('metrics', () => {
  const scores = [
    [0.1, 0.7, 0.2],
    [0.5, 0.5, 0],
    [0, 0.1, 0.9],
    [0.4, 0.3, 0.3],
  ];

  it('oneHot', () => {
    const hot = oneHot([2, 0, 5, -1], 3);
    expect(hot.array()).to.deep.equal([
      [0, 0, 1],
      [1, 0, 0],
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(hot.dtype).to.equal('float32');
  });

  it('classes of scores, of one-hot labels, of indices', () => {
    expect(classesOf(scores)).to.deep.equal([1, 0, 2, 0]);
    expect(classesOf(oneHot([2, 1], 3))).to.deep.equal([2, 1]);
    expect(classesOf(Uint8Array.of(2, 1))).to.deep.equal([2, 1]);
    expect(() => classesOf([[[1]]])).to.throw(ShapeError);
  });

  it('accuracy and confusion matrix', () => {
    const labels = [1, 0, 1, 2];
    expect(accuracy(labels, scores)).to.equal(0.5);
    expect(confusionMatrix(labels, scores, 3).array()).to.deep.equal([
      [1, 0, 0],
      [0, 1, 1],
      [1, 0, 0],
    ]);
    expect(() => accuracy([1], scores)).to.throw(ShapeError, '1 labels and 4 predictions');
    expect(() => confusionMatrix(labels, scores, 2)).to.throw(ShapeError, 'example 2');
  });
});

describe('fit', () => {
  async function line() {
    const g = new Graph();
    const x = g.placeholder('x', ['$n', 1]);
    const y = g.placeholder('y', ['$n', 1]);
    const w = g.variable('w', [1], 0);
    const errors = square(sub(mul(x, w), y));
    const loss = mul(sumAxes(errors, [0, 1]), 0.5);
    return compile({ loss, w }, { backend: 'cpu', updates: sgd({ learningRate: 0.1 }).minimize(loss) });
  }
  const data = { x: [[1], [2], [-1], [0.5], [1.5]], y: [[3], [6], [-3], [1.5], [4.5]] };

  it('trains, and reports means over examples', async () => {
    const program = await line();
    const epochs: number[] = [];
    let batchCount = 0;
    const history = await train(program, data, {
      epochs: 8,
      batchSize: 2,
      seed: 1,
      onBatch: ({ batch }) => {
        if (batch > 0) batchCount++;
      },
      onEpoch: ({ epoch, batch }) => {
        expect(batch).to.equal(3);
        epochs.push(epoch);
      },
    });
    expect(batchCount).to.equal(24);
    expect(epochs).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(history.at(-1)!.loss).to.be.lessThan(1e-3);
    expect((await program.variables.get('w')).item()).to.be.closeTo(3, 1e-2);
    program.dispose();
  });

  it('stops between two batches when its signal says so', async () => {
    const program = await line();
    const controller = new AbortController();
    let count = 0;
    const training = train(program, data, {
      epochs: 100,
      batchSize: 1,
      signal: controller.signal,
      onBatch: () => {
        if (++count === 7) controller.abort();
      },
    });
    const error = await training.catch((e: unknown) => e);
    expect(error).to.be.instanceOf(CancelledError);
    expect(count).to.equal(7);
    program.dispose();
  });
});
