/** One pass of a program over examples, for an epoch and for validation. */
import { AttributeError, type Feeds, type HostTensor, type Variables } from '../../engine/index.ts';
import { type Batch, type BatchOptions, batches, type Column, countExamples } from './batches.ts';

export type Columns = Readonly<Record<string, Column>>;
export type Outputs = Readonly<Record<string, HostTensor>>;
export type Metrics = Readonly<Record<string, number>>;

/** The part of a program that training uses. */
export interface Runnable<O extends Outputs = Outputs> {
  run(feeds: Feeds): Promise<O>;
  /** Needed by callbacks that read or change variables. */
  readonly variables?: Pick<Variables, 'has' | 'get' | 'set' | 'snapshot' | 'restore'>;
  /** The compiled graph. */
  readonly source?: { readonly updates: readonly unknown[] };
}

/** A number that is computed on the host from a batch's feeds and outputs. */
export type Metric<D extends Columns = Columns, O extends Outputs = Outputs> = (feeds: Batch<D>, outputs: O) => number;
export type MetricsOf<D extends Columns, O extends Outputs> = Readonly<Record<string, Metric<D, O>>>;

export interface PassOptions<D extends Columns, O extends Outputs> extends BatchOptions {
  /** Metrics beside the program's outputs of one element, which are always metrics. */
  readonly metrics?: MetricsOf<D, O>;
  readonly signal?: AbortSignal | undefined;
}

/** How often, in milliseconds, the pass yields to the event loop between batches, so that signals can abort and pages can be drawn. */
const TURN_MS = 50;

/**
 * Runs the program on every batch, until the signal is aborted or `onBatch` returns false.
 * @returns means over the processed examples, and whether these are all examples
 */
export async function pass<D extends Columns, O extends Outputs>(
  program: Runnable<O>,
  data: D,
  { metrics = {}, signal, ...options }: PassOptions<D, O>,
  onBatch: (batch: number, means: Metrics) => Promise<boolean> = async () => true,
): Promise<{ readonly batch: number; readonly means: Metrics; readonly whole: boolean }> {
  const { batchSize } = options;
  if (typeof program?.run !== 'function') throw new AttributeError('program has no run(feeds)');
  for (const [name, metric] of Object.entries(metrics))
    if (typeof metric !== 'function')
      throw new AttributeError(`metrics.${name} is a function of feeds and outputs, not ${String(metric)}`);
  const count = countExamples(data, options.examples);
  const sums = new Map<string, number>();
  let [batch, seen] = [0, 0];
  const means = (): Metrics => Object.fromEntries([...sums].map(([name, sum]) => [name, sum / seen]));
  let turn = performance.now() + TURN_MS;
  for (const feeds of batches(data, options)) {
    if (performance.now() > turn) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      turn = performance.now() + TURN_MS;
    }
    if (signal?.aborted) return { batch, means: means(), whole: false };
    const outputs = await program.run(feeds);
    const examples = Math.min(batchSize, count - batch * batchSize);
    seen += examples;
    const values = [
      ...Object.entries(outputs).flatMap(([name, { data: d }]) => (d.length === 1 ? [[name, d[0]!] as const] : [])),
      ...Object.entries(metrics).map(([name, metric]) => [name, metric(feeds, outputs)] as const),
    ];
    for (const [name, value] of values) sums.set(name, (sums.get(name) ?? 0) + examples * value);
    if (!(await onBatch(++batch, means()))) return { batch, means: means(), whole: false };
  }
  return { batch, means: means(), whole: true };
}
