/** Batches, metrics and the plain training loop. */
import { expect } from 'chai';
import fc from 'fast-check';
import { sumAxes } from '../../engine/index.ts';
import {
  AttributeError,
  assign,
  CancelledError,
  compile,
  constant,
  evaluate,
  FeedError,
  type Feeds,
  Graph,
  HostTensor,
  type NestedArray,
  ShapeError,
  type Sym,
  VariableError,
} from '../../index.node.ts';
import { add, cast, greater, losses, mul, square, sub } from '../../ops/index.ts';
import { momentum, sgd } from '../../plugins/optimizers/index.ts';
import {
  accuracy,
  batches,
  type Callback,
  type Classes,
  classesOf,
  confusionMatrix,
  type EarlyStoppingOptions,
  earlyStopping,
  type FitOptions,
  metrics,
  oneHot,
  type ReduceLROnPlateauOptions,
  type Runnable,
  reduceLROnPlateau,
  shuffle,
  fit as train,
  validate,
} from '../../plugins/training/index.ts';
import { tf } from '../support/tfjs.ts';

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
    expect(
      classesOf([
        [
          [1, 2],
          [4, 3],
        ],
      ]),
    ).to.deep.equal([1, 0]);
    expect(() => classesOf([0.2, 0.9])).to.throw(AttributeError, 'element 0 is 0.2');
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

describe('metrics of any rank', () => {
  const tensor = (data: readonly number[], shape: readonly number[], dtype: 'float32' | 'int32' = 'float32') =>
    new HostTensor({ data: dtype === 'int32' ? Int32Array.from(data) : Float32Array.from(data), shape, dtype });
  // classes of 12 examples in every rank up to 4, as every form of labels and predictions
  const CLASSES = 3;
  const labels = [0, 1, 2, 2, 1, 0, 0, 0, 1, 2, 1, 0];
  const guesses = [0, 1, 1, 2, 0, 0, 0, 2, 1, 2, 1, 0];
  const right = labels.filter((l, i) => l === guesses[i]).length / labels.length;
  const scoresOf = (classes: readonly number[]) =>
    classes.flatMap((c) => [0, 1, 2].map((k) => (k === c ? 0.9 : 0.1 * k)));
  const SHAPES = [[12], [3, 4], [2, 3, 2], [1, 2, 3, 2]];

  for (const shape of SHAPES) {
    const scores = tensor(scoresOf(guesses), [...shape, CLASSES]);
    const FORMS: Record<string, readonly [Classes, Classes]> = {
      'int32 classes and scores': [tensor(labels, shape, 'int32'), scores],
      'float classes and scores': [tensor(labels, shape), scores],
      'classes with an axis of 1, and scores': [tensor(labels, [...shape, 1], 'int32'), scores],
      'one-hot labels and scores': [oneHot(tensor(labels, shape), CLASSES), scores],
      'nested arrays': [tensor(labels, shape).array() as NestedArray, scores.array() as NestedArray],
      'classes and classes': [tensor(labels, shape, 'int32'), tensor(guesses, shape, 'int32')],
      'float classes and classes': [tensor(labels, shape), tensor(guesses, shape, 'int32')],
      'one-hot labels and classes': [oneHot(labels, CLASSES), tensor(guesses, [12])],
    };
    for (const [name, [y, p]] of Object.entries(FORMS)) {
      it(`accuracy and confusionMatrix of ${name}, [${shape}]`, () => {
        expect(accuracy(y, p)).to.equal(right);
        const matrix = confusionMatrix(y, p, CLASSES);
        expect([...matrix.data].reduce((s, v) => s + v, 0)).to.equal(12);
        expect((matrix.data[0]! + matrix.data[4]! + matrix.data[8]!) / 12).to.equal(right);
      });
    }
    it(`of values of the graph, [${shape}]`, async () => {
      const y = tensor(labels, shape, 'int32');
      const rows = { data: scores.data, shape: [...shape, CLASSES] };
      const [p, hot, classes] = [
        constant(rows.data, 'float32', rows.shape),
        constant(oneHot(y, CLASSES).data, 'float32', rows.shape),
        constant(y.data, 'int32', shape),
      ];
      const halves = constant(
        Float32Array.from(guesses, (c) => c / 2),
        'float32',
        shape,
      );
      const values = await evaluate(
        {
          dense: metrics.categoricalAccuracy(hot, p),
          sparse: metrics.sparseCategoricalAccuracy(classes, p),
          wide: metrics.sparseCategoricalAccuracy(constant(y.data, 'int32', [...shape, 1]), p),
          binary: metrics.binaryAccuracy(cast(greater(classes, constant(1, 'int32')), 'float32'), halves),
        },
        {},
        { backend: 'cpu' },
      );
      for (const name of ['dense', 'sparse', 'wide'] as const) expect(values[name].item()).to.be.closeTo(right, 1e-6);
      const isTwo = (c: number) => c === 2;
      const binary = labels.filter((l, i) => isTwo(l) === isTwo(guesses[i]!)).length / 12;
      expect(values.binary.item()).to.be.closeTo(binary, 1e-6);
    });
  }

  it('of values of the graph, of yes and no and of quantities', async () => {
    const [y, p] = [Float32Array.of(1, 0, 1, 1, 0), Float32Array.of(0.9, 0.8, 0.4, 0.6, 0.1)]; // two hits, a miss, a false alarm
    const none = new Float32Array(5);
    const values = await evaluate(
      {
        precision: metrics.precision(y, p),
        recall: metrics.recall(y, p),
        recallAt: metrics.recall(y, p, 0.3),
        noPrecision: metrics.precision(y, none),
        noRecall: metrics.recall(none, p),
        meanAbsoluteError: metrics.meanAbsoluteError(y, p),
        meanSquaredError: metrics.meanSquaredError(y, p),
        r2Score: metrics.r2Score(y, p),
      },
      {},
      { backend: 'cpu' },
    );
    const squares = 0.01 + 0.64 + 0.36 + 0.16 + 0.01;
    for (const [name, expected] of Object.entries({
      precision: 2 / 3,
      recall: 2 / 3,
      recallAt: 1,
      noPrecision: 0,
      noRecall: 0,
      meanAbsoluteError: 2 / 5,
      meanSquaredError: squares / 5,
      r2Score: 1 - squares / 1.2,
    }))
      expect(values[name as keyof typeof values].item(), name).to.be.closeTo(expected, 1e-6);
  });

  it('refuse ranks and classes that do not fit', () => {
    expect(() => accuracy(tensor(labels, [3, 4]), tensor(scoresOf(guesses), [4, 3, 3]))).to.throw(
      ShapeError,
      '[3, 4] and [4, 3, 3]',
    );
    expect(() => accuracy([[1], [0]], [[0.2], [0.9]])).to.throw(AttributeError, 'rounded first');
    expect(() => accuracy([1, 0], [0.2, 0.9])).to.throw(AttributeError, 'element 0');
    expect(() =>
      metrics.categoricalAccuracy(
        [1, 0],
        [
          [1, 2],
          [3, 4],
        ],
      ),
    ).to.throw(ShapeError, 'categoricalAccuracy: labels are float32[2]');
    expect(() => metrics.sparseCategoricalAccuracy([[1, 0]], [[1, 2]])).to.throw(
      ShapeError,
      'sparseCategoricalAccuracy',
    );
    for (const name of ['binaryAccuracy', 'precision', 'recall', 'meanAbsoluteError', 'r2Score'] as const)
      expect(() => metrics[name]([1, 0], [[1, 2]])).to.throw(ShapeError, name);
    expect(oneHot([[1, 0]], 2).array()).to.deep.equal([
      [
        [0, 1],
        [1, 0],
      ],
    ]);
  });
});

describe('fit', () => {
  it('refuses a program that would learn nothing', async () => {
    const g = new Graph();
    const program = await compile({ loss: square(g.placeholder('x', ['$n'])) }, { backend: 'cpu' });
    const failed = await train(program, { x: [1, 2] }, { epochs: 1, batchSize: 1 }).catch((e: unknown) => e);
    expect(failed).to.be.instanceOf(AttributeError).with.property('message').that.contains('minimize(loss)');
    program.dispose();
  });

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
    const { history } = await train(program, data, {
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

  it('stops between two batches when its signal says so, and tells what was done', async () => {
    const program = await line();
    const controller = new AbortController();
    let count = 0;
    const { history, stoppedBy } = await train(program, data, {
      epochs: 100,
      batchSize: 1,
      signal: controller.signal,
      onBatch: () => {
        if (++count === 7) controller.abort();
      },
    });
    expect(stoppedBy).to.equal('signal');
    expect(count).to.equal(7);
    expect(history).to.have.lengthOf(2);
    for (const { loss } of history) expect(loss).to.be.a('number');
    expect(await train(program, data, { epochs: 3, batchSize: 1, signal: controller.signal })).to.deep.equal({
      history: [],
      stoppedBy: 'signal',
    });
    program.dispose();
  });

  // [what says false, and when] to [who is named, how many epochs are told of, whether the last of them is whole]
  const no = (n: number) => {
    let count = 0;
    return async () => ++count !== n;
  };
  const STOPS: Record<string, [() => Partial<FitOptions>, string | undefined, number, boolean]> = {
    'nothing says so': [() => ({ onBatch: () => 0, onEpoch: () => undefined }), undefined, 6, true],
    'onBatch says false': [() => ({ onBatch: no(5) }), 'onBatch', 2, false],
    'onBatch says false in the first batch': [() => ({ onBatch: no(1) }), 'onBatch', 1, false],
    'onEpoch says false': [() => ({ onEpoch: no(4) }), 'onEpoch', 4, true],
    'a callback says false after a batch': [
      () => ({ callbacks: [{ name: 'mine', start: () => ({ onBatch: no(9) }) }] }),
      'mine',
      3,
      false,
    ],
    'a callback says false after an epoch': [
      () => ({ callbacks: [{ name: 'mine', start: () => ({ onEpoch: no(2) }) }] }),
      'mine',
      2,
      true,
    ],
    'two say false': [
      () => ({ onEpoch: no(2), callbacks: [{ name: 'mine', start: () => ({ onEpoch: no(2) }) }] }),
      'onEpoch',
      2,
      true,
    ],
  };
  for (const [name, [options, stoppedBy, epochs, whole]] of Object.entries(STOPS)) {
    it(`gives its history where ${name}`, async () => {
      const program = await line();
      const use = await compile({ loss: program.source.outputs.loss! }, { variables: program.variables });
      const result = await train(program, data, {
        epochs: 6,
        batchSize: 2,
        validation: { program: use, data },
        ...options(),
      });
      expect(result.stoppedBy).to.equal(stoppedBy);
      expect(result.history).to.have.lengthOf(epochs);
      expect(result.history.every((m) => Number.isFinite(m.loss))).to.equal(true);
      for (const m of result.history.slice(0, -1)) expect(m).to.have.property('val_loss');
      expect('val_loss' in result.history.at(-1)!).to.equal(whole);
      program.dispose();
      use.dispose();
    });
  }

  it('has validation of its own data, batches and program, after each epoch', async () => {
    const program = await line();
    const held = { x: [[1], [2], [3]], y: [[1], [2], [3]] };
    const use = await compile({ loss: program.source.outputs.loss! }, { variables: program.variables });
    const seen: number[] = [];
    const { history } = await train(program, data, {
      epochs: 3,
      batchSize: 2,
      validation: { program: use, data: held, batchSize: 3 },
      onEpoch: async ({ metrics }) => {
        const w = (await program.variables.get('w')).item();
        expect(metrics.val_loss).to.be.closeTo(0.5 * (w - 1) ** 2 * 14, 1e-4);
        expect(await validate(use, held, { batchSize: 3 })).to.deep.equal({ loss: metrics.val_loss });
        seen.push(metrics.val_loss!);
      },
    });
    expect(history.map((m) => m.val_loss)).to.deep.equal(seen);
    expect(seen).to.have.lengthOf(3);
    const aborted = await validate(use, held, { batchSize: 1, signal: AbortSignal.abort() }).catch((e: unknown) => e);
    expect(aborted).to.be.instanceOf(CancelledError);
    program.dispose();
    use.dispose();
  });

  it('takes metrics of what is fed and what comes out, for training and validation', async () => {
    const g = new Graph();
    const x = g.placeholder('x', ['$n', 2]);
    const labels = g.placeholder('labels', ['$n', 2]);
    const logits = mul(x, g.variable('w', [], 1));
    const outputs = {
      loss: losses.softmaxCrossEntropy(labels, logits),
      logits,
      inGraph: metrics.categoricalAccuracy(labels, logits),
    };
    const step = await compile(outputs, { backend: 'cpu', updates: sgd({ learningRate: 0.1 }).minimize(outputs.loss) });
    const use = await compile(outputs, { variables: step.variables });
    const examples = {
      x: [
        [2, 1],
        [0, 1],
        [3, 1],
        [1, 0],
        [0, 5],
      ],
      labels: oneHot([0, 0, 0, 1, 1], 2),
    };
    const { history } = await train(step, examples, {
      epochs: 1,
      batchSize: 2,
      metrics: { onHost: (feeds, { logits }) => accuracy(feeds.labels, logits) },
      validation: { program: use, data: { x: [[1, 0]], labels: [[0, 1]] } },
    });
    expect(history[0]).to.have.keys('loss', 'inGraph', 'onHost', 'val_loss', 'val_inGraph', 'val_onHost');
    expect(history[0]!.onHost).to.be.closeTo(0.6, 1e-6);
    expect(history[0]!.inGraph).to.be.closeTo(0.6, 1e-6);
    expect(history[0]!.val_onHost).to.equal(0);
    step.dispose();
    use.dispose();
  });
});

describe('callbacks of fit', () => {
  /** A program whose output is what a list says, epoch after epoch; its variable counts the runs. */
  async function scripted(script: readonly number[]) {
    const g = new Graph();
    const at = g.variable('at', [], 0);
    const rate = g.variable('rate', [], 1, { trainable: false });
    const loss = sumAxes(mul(g.placeholder('x', ['$n']), 0), [0]);
    const program = await compile({ loss }, { backend: 'cpu', updates: [assign(at, add(at, rate))] });
    let epoch = 0;
    const run = async (feeds: Feeds) => {
      await program.run(feeds);
      const value = script[epoch++]!;
      return { loss: new HostTensor({ data: Float32Array.of(value), shape: [], dtype: 'float32' }) };
    };
    return { rate, at, program, trainable: { run, variables: program.variables } };
  }
  const one = { x: [1] };
  const fitScript = async (script: readonly number[], make: (rate: Sym) => Callback) => {
    const { rate, at, program, trainable } = await scripted(script);
    const rates: number[] = [];
    const log: Callback = {
      name: 'log',
      start: () => ({ onEpoch: async () => void rates.push((await program.variables.get(rate)).item()) }),
    };
    const result = await train(trainable, one, { epochs: script.length, batchSize: 1, callbacks: [make(rate), log] });
    const end = (await program.variables.get(at)).item();
    program.dispose();
    return { ...result, epochs: result.history.length, rates, at: end };
  };

  // the epochs after which each ends: as Keras counts
  const STOPS: readonly [readonly number[], EarlyStoppingOptions, epochs: number, best: number][] = [
    [[5, 4, 3, 2, 1], {}, 5, 5],
    [[5, 4, 6, 2, 1], {}, 3, 2],
    [[5, 4, 6, 2, 1], { patience: 1 }, 3, 2],
    [[5, 4, 6, 3, 3, 3, 1], { patience: 2 }, 6, 4],
    [[5, 4.9, 4.8, 1], { patience: 2, minDelta: 0.5 }, 3, 1],
    [[1, 2, 3, 2, 2, 9], { patience: 2, mode: 'max' }, 5, 3],
    [[5, 4, 3], { patience: 2, baseline: 2 }, 2, 0],
    [[5, Number.NaN, Number.NaN, 1], { patience: 2 }, 3, 1],
    [[Number.NaN, 5, 6, 4], { patience: 3 }, 4, 4],
  ];
  for (const [script, options, epochs, best] of STOPS) {
    it(`earlyStopping of ${JSON.stringify(script)} with ${JSON.stringify(options)} ends after ${epochs}`, async () => {
      const result = await fitScript(script, () => earlyStopping({ monitor: 'loss', ...options }));
      expect(result.epochs).to.equal(epochs);
      expect(result.stoppedBy).to.equal(epochs < script.length ? 'earlyStopping' : undefined);
      expect(result.at).to.equal(epochs);
      const restored = await fitScript(script, () => earlyStopping({ monitor: 'loss', restoreBest: true, ...options }));
      expect(restored.at).to.equal(best === 0 ? epochs : best);
    });
  }

  it('earlyStopping ends whatever tf.callbacks.earlyStopping ends, in the same epoch', async () => {
    type Theirs = {
      setModel(model: object): void;
      onTrainBegin(): Promise<void>;
      onEpochEnd(epoch: number, logs: object): Promise<void>;
    };
    const values = fc.array(fc.constantFrom(0, 0.1, 0.2, 0.5, 1, 2, 3), { minLength: 1, maxLength: 12 });
    const options = fc.record(
      {
        patience: fc.nat(3),
        minDelta: fc.constantFrom(0, 0.15, 1),
        mode: fc.constantFrom('auto' as const, 'min' as const, 'max' as const),
        monitor: fc.constantFrom('val_loss', 'val_acc'),
        baseline: fc.constantFrom(0.3, 1, 2.5),
      },
      { requiredKeys: ['monitor'] },
    );
    await fc.assert(
      fc.asyncProperty(values, options, async (script, args) => {
        const model = { stopTraining: false };
        const theirs = tf.callbacks.earlyStopping(args) as unknown as Theirs;
        theirs.setModel(Object.assign(Object.create(tf.LayersModel.prototype), model));
        await theirs.onTrainBegin();
        const ours = earlyStopping(args).start({ run: async () => ({}) });
        const held = (theirs as unknown as { model: typeof model }).model;
        held.stopTraining = false;
        for (const [epoch, value] of script.entries()) {
          const metrics = { [args.monitor]: value };
          await theirs.onEpochEnd(epoch, metrics);
          const goesOn = await ours.onEpoch!({ epoch, batch: 1, metrics });
          expect(goesOn === false, `epoch ${epoch}`).to.equal(held.stopTraining);
          if (held.stopTraining) return;
        }
      }),
      { numRuns: 300 },
    );
  });

  // the rates after each epoch, as Keras has them
  const RATES: readonly [readonly number[], Omit<ReduceLROnPlateauOptions, 'learningRate'>, readonly number[]][] = [
    [[4, 3, 2, 1], { patience: 1 }, [1, 1, 1, 1]],
    [[1, 1, 1, 1], { patience: 1, factor: 0.5 }, [1, 0.5, 0.25, 0.125]],
    [[1, 1, 1, 1, 1], { patience: 2, factor: 0.5 }, [1, 1, 0.5, 0.5, 0.25]],
    [[1, 1, 1, 1, 1], { patience: 1, factor: 0.5, minLR: 0.3 }, [1, 0.5, 0.3, 0.3, 0.3]],
    [[1, 1, 1, 1, 1, 1], { patience: 1, factor: 0.5, cooldown: 2 }, [1, 0.5, 0.5, 0.25, 0.25, 0.125]],
    [[1, 0.99995, 0.5, 0.5], { patience: 1, factor: 0.5 }, [1, 0.5, 0.5, 0.25]],
    [[1, 2, 2, 3], { patience: 1, factor: 0.5, mode: 'max' }, [1, 1, 0.5, 0.5]],
  ];
  for (const [script, options, rates] of RATES) {
    it(`reduceLROnPlateau of ${JSON.stringify(script)} with ${JSON.stringify(options)} gives ${rates}`, async () => {
      const result = await fitScript(script, (learningRate) =>
        reduceLROnPlateau({ monitor: 'loss', learningRate, ...options }),
      );
      expect(result.rates.map((r) => Number(r.toPrecision(4)))).to.deep.equal(rates);
      // the next epoch's step is of the new rate, in the same program
      expect(result.at).to.be.closeTo(
        [1, ...rates].slice(0, script.length).reduce((s, r) => s + r, 0),
        1e-5,
      );
    });
  }

  for (const stopped of [false, true]) {
    it(`restores all variables, optimizers' too, to those of the best epoch${stopped ? ', where it is stopped' : ''}`, async () => {
      const controller = new AbortController();
      const signal = stopped ? controller.signal : undefined;
      const g = new Graph();
      const w = g.variable('w', [], 1);
      const loss = square(sub(mul(w, sumAxes(g.placeholder('x', ['$n']), [0])), 1));
      const program = await compile(
        { loss },
        { backend: 'cpu', updates: momentum({ learningRate: 0.3 }).minimize(loss) },
      );
      const after: (readonly number[])[] = [];
      const all = async () =>
        Promise.all(program.variables.names().map(async (name) => (await program.variables.get(name)).item()));
      const { history } = await train(program, one, {
        epochs: 6,
        batchSize: 1,
        onEpoch: async ({ epoch }) => {
          after.push(await all());
          if (stopped && epoch === 3) controller.abort();
        },
        callbacks: [earlyStopping({ monitor: 'loss', patience: 9, restoreBest: true })],
        ...(signal && { signal }),
      });
      expect(history).to.have.lengthOf(signal === undefined ? 6 : 4);
      const values = history.map((m) => m.loss!);
      const best = values.indexOf(Math.min(...values));
      expect(await all()).to.deep.equal(after[best]);
      program.dispose();
    });
  }

  it('start afresh in each training', async () => {
    const callback = earlyStopping({ monitor: 'loss', patience: 2 });
    for (const script of [
      [1, 2, 3, 4],
      [9, 8, 9, 9, 9],
    ])
      expect((await fitScript(script, () => callback)).stoppedBy).to.equal('earlyStopping');
  });

  it('refuse what they cannot go by, and say what to write', async () => {
    const { rate, program } = await scripted([]);
    const wrong = (f: () => unknown, text: string) => expect(f).to.throw(AttributeError, text);
    wrong(() => earlyStopping({ mode: 'best' as never }), "earlyStopping: mode is 'auto' or 'min' or 'max'");
    wrong(() => earlyStopping({ patience: -1 }), 'earlyStopping: patience');
    wrong(() => earlyStopping({ minDelta: Number.NaN }), 'earlyStopping: minDelta');
    wrong(() => reduceLROnPlateau({} as never), 'reduceLROnPlateau: learningRate is missing');
    wrong(() => reduceLROnPlateau({ learningRate: 0.1 as never }), 'reduceLROnPlateau: learningRate is a Sym, not 0.1');
    wrong(() => reduceLROnPlateau({ learningRate: mul(rate, 2) }), "graph.variable('learningRate', [], 0.01");
    wrong(() => reduceLROnPlateau({ learningRate: rate, factor: 2 }), 'reduceLROnPlateau: factor');
    const asked = (callback: Callback, trainable: Runnable = program) =>
      train(trainable, one, { epochs: 1, batchSize: 1, callbacks: [callback] }).catch((e: unknown) => e as Error);
    const missing = await asked(earlyStopping());
    expect(missing).to.be.instanceOf(AttributeError);
    expect((missing as Error).message)
      .to.include("no metric 'val_loss' to monitor; there are loss")
      .and.include('{ validation }');
    const bare = await asked(earlyStopping({ restoreBest: true }), { run: (feeds) => program.run(feeds) });
    expect((bare as Error).message).to.include("has no 'variables'");
    const stranger = new Graph().variable('other', []);
    const strange = await asked(reduceLROnPlateau({ learningRate: stranger, monitor: 'loss' }));
    expect(strange).to.be.instanceOf(VariableError);
    expect((strange as Error).message).to.include("no variable 'other'; give it to the optimizer");
    program.dispose();
  });
});
