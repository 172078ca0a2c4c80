/** Training on the training digits; testing, by a second program over the same variables, on digits that it never saw. */
import { compile, type Feeds, type Program, type Sym, sizeOf } from 'retrograph';
import { adam } from 'retrograph/optimizers';
import * as training from 'retrograph/training';
import type { RunOptions } from '../example.ts';
import { type DigitSet, IMAGE_SIZE, loadDigits } from './data.ts';
import { CLASSES, makeModel } from './model.ts';
import { DEFAULTS, type Settings } from './settings.ts';

export interface TrainOptions extends RunOptions, Partial<Settings> {
  /** At most so many training digits, and so many test digits; all by default. */
  readonly limit?: number | undefined;
  /** Files of variables, the optimizer's among them: to start from, and to write when all is done. */
  readonly load?: string | undefined;
  readonly save?: string | undefined;
}

export interface Epoch {
  readonly epoch: number;
  /** Mean over the training digits, while they were trained on. */
  readonly loss: number;
  /** The share of test digits that are told right. */
  readonly accuracy: number;
  /** Since the start of training. */
  readonly seconds: number;
}

/** What the model makes of the test digits. */
export interface Test {
  readonly digits: DigitSet;
  readonly predictions: readonly number[];
  /** The probability of each prediction, as the model sees it. */
  readonly confidences: readonly number[];
  readonly accuracy: number;
  /** How many digits of a row's label were taken for a column's digit. */
  readonly confusion: readonly (readonly number[])[];
}

export interface TrainResult {
  readonly settings: Settings;
  readonly backend: string;
  readonly seed: number;
  readonly trained: number;
  readonly parameters: number;
  readonly metrics: Record<string, number>;
  /** Of each step. */
  readonly losses: readonly number[];
  readonly epochs: readonly Epoch[];
  readonly test: Test;
}

const TRAINING_DIGITS = 60_000;
const TEST_DIGITS = 10_000;
const TEST_BATCH = 1000;

const settle = ({ epochs, batchSize, learningRate, hidden }: Partial<Settings>): Settings => ({
  epochs: epochs ?? DEFAULTS.epochs,
  batchSize: batchSize ?? DEFAULTS.batchSize,
  learningRate: learningRate ?? DEFAULTS.learningRate,
  hidden: hidden ?? DEFAULTS.hidden,
});

/** @throws CancelledError when `signal` says so: nothing is saved then */
export async function train(options: TrainOptions): Promise<TrainResult> {
  const { backend, seed, signal, onProgress, limit = Infinity, load, save } = options;
  const settings = settle(options);
  const digits = loadDigits({ train: Math.min(limit, TRAINING_DIGITS), test: Math.min(limit, TEST_DIGITS) });
  const { probabilities, loss, parameters, learningRate } = makeModel(settings.hidden);
  const trainer = await compile({ loss }, { backend, seed, updates: adam({ learningRate }).minimize(loss) });
  const { variables } = trainer;
  const tester = await compile({ probabilities }, { variables });
  try {
    if (load !== undefined) await variables.load(load);
    const { count } = digits.train;
    const steps = settings.epochs * Math.ceil(count / settings.batchSize);
    const losses: number[] = [];
    const epochs: Epoch[] = [];
    let test: Test | undefined;
    const step = async (feeds: Feeds) => {
      const done = losses.length / steps;
      await variables.set('learningRate', (settings.learningRate * (1 + Math.cos(Math.PI * done))) / 2);
      const results = await trainer.run(feeds);
      losses.push(results.loss.item());
      return results;
    };
    const data = {
      images: { data: digits.train.images, shape: [count, IMAGE_SIZE], dtype: 'float32' } as const,
      labels: training.oneHot(digits.train.labels, CLASSES),
    };
    const start = performance.now();
    await training.fit({ run: step }, data, {
      ...settings,
      seed,
      ...(signal && { signal }),
      onBatch: ({ metrics }) =>
        onProgress?.({ step: losses.length, steps, metrics: { loss: metrics.loss!, ...testMetrics(test) } }),
      onEpoch: async ({ epoch, metrics }) => {
        test = await tell(tester, digits.test);
        const seconds = (performance.now() - start) / 1000;
        epochs.push({ epoch: epoch + 1, loss: metrics.loss!, accuracy: test.accuracy, seconds });
      },
    });
    test ??= await tell(tester, digits.test);
    if (save !== undefined) await variables.save(save);
    return {
      settings,
      backend: trainer.backend.name,
      seed,
      trained: count,
      parameters: Object.values(parameters).reduce((sum, { shape }) => sum + sizeOf(shape as number[]), 0),
      metrics: { ...(epochs.length > 0 && { loss: epochs.at(-1)!.loss }), ...testMetrics(test) },
      losses,
      epochs,
      test,
    };
  } finally {
    tester.dispose();
    trainer.dispose();
  }
}

const testMetrics = (test: Test | undefined): Record<string, number> =>
  test === undefined ? {} : { 'test accuracy': test.accuracy };

/** The model's word on each digit. */
async function tell(tester: Program<{ probabilities: Sym }>, digits: DigitSet): Promise<Test> {
  const predictions: number[] = [];
  const confidences: number[] = [];
  for (let first = 0; first < digits.count; first += TEST_BATCH) {
    const images = digits.images.subarray(first * IMAGE_SIZE, (first + TEST_BATCH) * IMAGE_SIZE);
    const { probabilities } = await tester.run({ images });
    const classes = training.classesOf(probabilities);
    predictions.push(...classes);
    confidences.push(...classes.map((k, i) => probabilities.data[i * CLASSES + k]!));
  }
  return {
    digits,
    predictions,
    confidences,
    accuracy: training.accuracy(digits.labels, predictions),
    confusion: training.confusionMatrix(digits.labels, predictions, CLASSES).array() as number[][],
  };
}
