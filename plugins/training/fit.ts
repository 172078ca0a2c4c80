/** A training loop for the plain case; write your own for any other. */
import { CancelledError, type Feeds, type HostTensor } from '../../engine/index.ts';
import { type BatchOptions, batches, type Column, countExamples } from './batches.ts';

/** What is trained: a program with updates. */
export interface Trainable {
  run(feeds: Feeds): Promise<Readonly<Record<string, HostTensor>>>;
}

export interface Progress {
  readonly epoch: number;
  /** Batches done in this epoch. */
  readonly batch: number;
  /** Means over this epoch's examples so far, of the program's outputs of one element. */
  readonly metrics: Readonly<Record<string, number>>;
}

export interface FitOptions extends Omit<BatchOptions, 'epoch'> {
  readonly epochs: number;
  /** Called after each batch. */
  readonly onBatch?: (progress: Progress) => void | Promise<void>;
  /** Called after each epoch; a good place to save. */
  readonly onEpoch?: (progress: Progress) => void | Promise<void>;
  /** Stops before the next batch, with a CancelledError. */
  readonly signal?: AbortSignal;
}

/** Between batches, others on this thread get a turn this often: those who would abort, and pages that want to be drawn. */
const TURN_MS = 50;

/**
 * Runs the program on every batch of every epoch.
 * @returns the metrics of each epoch
 * @throws CancelledError when `signal` says so: what was trained until then stays
 */
export async function fit(
  program: Trainable,
  data: Readonly<Record<string, Column>>,
  options: FitOptions,
): Promise<readonly Progress['metrics'][]> {
  const { epochs, batchSize, onBatch, onEpoch, signal } = options;
  const count = countExamples(data, options.examples);
  const history: Progress['metrics'][] = [];
  let turn = performance.now() + TURN_MS;
  for (let epoch = 0; epoch < epochs; epoch++) {
    const means = new Means();
    let batch = 0;
    for (const feeds of batches(data, { ...options, epoch })) {
      if (performance.now() > turn) {
        await new Promise((resolve) => setTimeout(resolve, 0));
        turn = performance.now() + TURN_MS;
      }
      if (signal?.aborted)
        throw new CancelledError('the training was cancelled between two batches', { cause: signal.reason });
      means.add(await program.run(feeds), Math.min(batchSize, count - batch * batchSize));
      await onBatch?.({ epoch, batch: ++batch, metrics: means.values });
    }
    history.push(means.values);
    await onEpoch?.({ epoch, batch, metrics: means.values });
  }
  return history;
}

/** Means of outputs over examples. */
class Means {
  readonly #sums = new Map<string, number>();
  #count = 0;

  add(outputs: Readonly<Record<string, HostTensor>>, examples: number): void {
    this.#count += examples;
    for (const [name, { data }] of Object.entries(outputs)) {
      if (data.length === 1) this.#sums.set(name, (this.#sums.get(name) ?? 0) + examples * data[0]!);
    }
  }

  get values(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#sums].map(([name, sum]) => [name, sum / this.#count]));
  }
}
