/** A simple training loop; for anything else, write your own. */
import { AttributeError } from '../../engine/index.ts';
import type { BatchOptions } from './batches.ts';
import type { Callback, Hooks, Progress } from './callbacks.ts';
import { type Columns, type Metrics, type MetricsOf, type Outputs, pass, type Runnable } from './pass.ts';

/** Validation after each epoch. */
export interface Validation {
  /** A program without updates: compile one from the inference graph, with the variables of the trained program. */
  readonly program: Runnable;
  readonly data: Columns;
  /** Default: that of the training. */
  readonly batchSize?: number;
  /** Needed only if all columns are flat. */
  readonly examples?: number;
}

export interface FitOptions<D extends Columns = Columns, O extends Outputs = Outputs>
  extends Omit<BatchOptions, 'epoch'>,
    Pick<Hooks, 'onBatch' | 'onEpoch'> {
  readonly epochs: number;
  /** Its metrics are named `val_loss` and so on. */
  readonly validation?: Validation;
  /** Metrics computed on the host from feeds and outputs, in training and validation. Outputs of one element are always metrics. */
  readonly metrics?: MetricsOf<D, O>;
  /** Such as `earlyStopping` and `reduceLROnPlateau`. They are called in this order, after `onBatch` and `onEpoch`. */
  readonly callbacks?: readonly Callback[];
  /** Ends the training before the next batch. */
  readonly signal?: AbortSignal;
}

export interface FitResult {
  /** Each epoch's metrics. If the last epoch was stopped, its metrics are those of the batches that it ran. */
  readonly history: readonly Metrics[];
  /** What ended the training early: 'signal', 'onBatch', 'onEpoch', or a callback's name. */
  readonly stoppedBy?: string;
}

/**
 * Runs the program on every batch of every epoch. If it is stopped, what was trained so far stays, and is in the result.
 * @throws AttributeError for a program without updates; FeedError, AttributeError as `batches`; the errors of runs and callbacks
 */
export async function fit<D extends Columns, O extends Outputs>(
  program: Runnable<O>,
  data: D,
  options: FitOptions<D, O>,
): Promise<FitResult> {
  if (program.source?.updates.length === 0)
    throw new AttributeError(
      'fit: the program has no updates, and would learn nothing: write compile({ loss }, { updates: adam().minimize(loss) })',
    );
  if (!Number.isInteger(options.epochs) || options.epochs < 0)
    throw new AttributeError(`fit: epochs is a whole number, not ${options.epochs}`);
  const { epochs, batchSize, validation, metrics, callbacks = [], signal, onBatch, onEpoch, ...order } = options;
  const parts: readonly (readonly [name: string, hooks: Hooks])[] = [
    ['onBatch', { onBatch }],
    ['onEpoch', { onEpoch }],
    ...callbacks.map((callback) => [callback.name, callback.start(program)] as const),
  ];
  const history: Metrics[] = [];
  let stoppedBy: string | undefined;
  /** Calls all hooks; `stoppedBy` names the first that returns false. */
  const ask = async (hook: 'onBatch' | 'onEpoch', progress: Progress): Promise<boolean> => {
    for (const [name, hooks] of parts) if ((await hooks[hook]?.(progress)) === false) stoppedBy ??= name;
    return stoppedBy === undefined;
  };
  const common = { batchSize, signal, ...(metrics && { metrics }) };
  for (let epoch = 0; epoch < epochs && stoppedBy === undefined; epoch++) {
    const { batch, means, whole } = await pass(program, data, { ...order, ...common, epoch }, (batch, means) =>
      ask('onBatch', { epoch, batch, metrics: means }),
    );
    const validated = whole && validation ? await judge(validation, common as Common) : {};
    const all: Metrics = { ...means, ...validated };
    if (batch > 0) history.push(all);
    if (signal?.aborted) stoppedBy ??= 'signal';
    if (whole && stoppedBy === undefined) await ask('onEpoch', { epoch, batch, metrics: all });
  }
  for (const [, { onEnd }] of parts) await onEnd?.();
  return { history, ...(stoppedBy !== undefined && { stoppedBy }) };
}

type Common = Pick<FitOptions, 'batchSize' | 'signal' | 'metrics'>;

async function judge({ program, data, ...own }: Validation, common: Common): Promise<Metrics> {
  const { means, whole } = await pass(program, data, { ...common, ...own, shuffle: false });
  return whole ? Object.fromEntries(Object.entries(means).map(([name, value]) => [`val_${name}`, value])) : {};
}
