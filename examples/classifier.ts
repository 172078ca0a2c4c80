/**
 * Training a classifier, and testing it by a second program over the same variables, on examples that it never saw. The
 * learning rate is a variable, so it falls from step to step without anything being compiled anew.
 */
import { setImmediate } from 'node:timers/promises';
import {
  CancelledError,
  compile,
  type Graph,
  type HostTensor,
  type Program,
  type Sym,
  sizeOf,
  type TypedArray,
} from 'retrograph';
import { adam } from 'retrograph/optimizers';
import { accuracy, batches, classesOf, confusionMatrix, oneHot } from 'retrograph/training';
import type { Epoch, Settings, Test, Training, TuneOptions } from './example.ts';
import { loadVariables } from './variables.ts';

export interface Classifier {
  readonly graph: Graph;
  /** [batch, classes] */
  readonly probabilities: Sym;
  readonly loss: Sym;
  /** What is learned, by name. */
  readonly parameters: Readonly<Record<string, Sym>>;
  readonly learningRate: Sym;
}

export interface LabelledExamples {
  /** What the placeholders are fed, flat. */
  readonly inputs: Readonly<Record<string, TypedArray>>;
  /** The class of each; fed to the placeholder `labels`, one-hot. */
  readonly labels: Uint8Array;
}

export interface Task<S extends Settings> {
  readonly model: Classifier;
  /** The model in words. */
  readonly network: string;
  readonly train: LabelledExamples;
  readonly test: LabelledExamples;
  readonly classes: readonly string[];
  readonly settings: S;
}

const TEST_BATCH = 1000;

/** Each default, unless something else is given; steps that are given take the place of epochs. */
export function settle<S extends Settings>(defaults: S, given: Partial<Settings>): S {
  const { epochs, ...rest } = Object.fromEntries(
    Object.entries(defaults).map(([name, value]) => [name, given[name as keyof Settings] ?? value]),
  );
  return { ...(given.steps === undefined ? { epochs } : { steps: given.steps }), ...rest } as S;
}

/** @throws CancelledError when `signal` says so: nothing is saved then */
export async function trainClassifier<S extends Settings>(
  { model, network, train, test: unseen, classes, settings }: Task<S>,
  { backend, seed, signal, onProgress, load, save, variables: store }: TuneOptions,
): Promise<Training & { readonly settings: S }> {
  const { probabilities, loss, parameters, learningRate } = model;
  const updates = adam({ learningRate }).minimize(loss);
  const trainer = await compile({ loss }, { backend, seed, updates, ...(store && { variables: store }) });
  const { variables } = trainer;
  const tester = await compile({ probabilities }, { variables });
  try {
    if (load !== undefined) await loadVariables(variables, load);
    const { batchSize, epochs: wanted = 0 } = settings;
    const trained = train.labels.length;
    const steps = settings.steps ?? wanted * Math.ceil(trained / batchSize);
    const data = { ...train.inputs, labels: oneHot(train.labels, classes.length) };
    const losses: number[] = [];
    const epochs: Epoch[] = [];
    let test: Test | undefined;
    const start = performance.now();
    for (let epoch = 0; losses.length < steps; epoch++) {
      let [sum, seen] = [0, 0];
      for (const feeds of batches(data, { batchSize, seed, epoch })) {
        if (losses.length === steps) break;
        await setImmediate(); // a turn for who would abort
        if (signal?.aborted)
          throw new CancelledError('the training was cancelled between two batches', { cause: signal.reason });
        await variables.set('learningRate', cosine(settings.learningRate, losses.length / steps));
        const value = (await trainer.run(feeds)).loss.item();
        losses.push(value);
        const size = (feeds.labels as HostTensor).shape[0]!;
        sum += size * value;
        seen += size;
        onProgress?.({ step: losses.length, steps, metrics: { loss: sum / seen, ...testMetrics(test) } });
      }
      test = await tell(tester, unseen, classes.length);
      const seconds = (performance.now() - start) / 1000;
      epochs.push({ epoch: epoch + 1, step: losses.length, loss: sum / seen, accuracy: test.accuracy, seconds });
    }
    test ??= await tell(tester, unseen, classes.length);
    if (save !== undefined) await variables.save(save);
    return {
      settings,
      network,
      backend: trainer.backend.name,
      seed,
      trained,
      parameters: Object.values(parameters).reduce((sum, { shape }) => sum + sizeOf(shape as number[]), 0),
      metrics: { ...(epochs.length > 0 && { loss: epochs.at(-1)!.loss }), ...testMetrics(test) },
      losses,
      epochs,
      classes,
      test,
    };
  } finally {
    tester.dispose();
    trainer.dispose();
  }
}

/** From the first rate down to 0, along half a cosine. */
const cosine = (first: number, done: number): number => (first * (1 + Math.cos(Math.PI * done))) / 2;

const testMetrics = (test: Test | undefined): Record<string, number> =>
  test === undefined ? {} : { 'test accuracy': test.accuracy };

/** The model's word on each example. */
async function tell(
  tester: Program<{ probabilities: Sym }>,
  { inputs, labels }: LabelledExamples,
  classes: number,
): Promise<Test> {
  const predictions: number[] = [];
  const confidences: number[] = [];
  for (const feeds of batches(inputs, { batchSize: TEST_BATCH, shuffle: false, examples: labels.length })) {
    const { probabilities } = await tester.run(feeds);
    const best = classesOf(probabilities);
    predictions.push(...best);
    confidences.push(...best.map((k, i) => probabilities.data[i * classes + k]!));
  }
  return {
    labels,
    predictions,
    confidences,
    accuracy: accuracy(labels, predictions),
    confusion: confusionMatrix(labels, predictions, classes).array() as number[][],
  };
}
