/** Callbacks of `fit`: their interface, early stopping, and reduction of the learning rate. */
import { AttributeError, type Sym, Variable, VariableError, variableName } from '../../engine/index.ts';
import type { Metrics, Runnable } from './pass.ts';
import { type PlateauOptions, watch } from './plateau.ts';

export interface Progress {
  /** Starts at 0. */
  readonly epoch: number;
  /** The number of batches done in this epoch. */
  readonly batch: number;
  /** Means over this epoch's examples so far; after an epoch, also those of validation, such as `val_loss`. */
  readonly metrics: Metrics;
}

/** false ends the training. */
type Answer = unknown;

export interface Hooks {
  /** Called after each batch. Returning false, or a promise of it, ends the training. */
  readonly onBatch?: (progress: Progress) => Answer;
  /** Called after each epoch, for example to save. Returning false, or a promise of it, ends the training. */
  readonly onEpoch?: (progress: Progress) => Answer;
  /** Called at the end, unless the training failed with an error. */
  readonly onEnd?: () => unknown;
}

export interface Callback {
  /** The value of `stoppedBy` if the callback ended the training. */
  readonly name: string;
  /** Starts the callback for one training of this program. */
  readonly start: (program: Runnable) => Hooks;
}

/** The variables of a program. @throws AttributeError if it has none */
function variablesOf(who: string, { variables }: Runnable): NonNullable<Runnable['variables']> {
  if (variables === undefined)
    throw new AttributeError(`${who}: what is trained has no 'variables'; give a program of compile's`);
  return variables;
}

export interface EarlyStoppingOptions extends PlateauOptions {
  /** Default 0. */
  readonly patience?: number;
  /** Default 0. */
  readonly minDelta?: number;
  /** The value to improve on at first. By default, the first epoch is an improvement. */
  readonly baseline?: number;
  /** At the end, restore all variables, also those of optimizers, to their values after the best epoch. Default false. */
  readonly restoreBest?: boolean;
}

/**
 * Ends the training if a metric has not improved for `patience` epochs, as tf.callbacks.earlyStopping.
 * @throws AttributeError for invalid settings, and in training for a metric that does not exist
 */
export function earlyStopping({ baseline, restoreBest = false, ...options }: EarlyStoppingOptions = {}): Callback {
  const name = 'earlyStopping';
  const { patience = 0 } = options;
  watch(name, options);
  return {
    name,
    start: (program) => {
      const isBest = watch(name, options, baseline);
      const variables = restoreBest ? variablesOf(name, program) : undefined;
      let best: Awaited<ReturnType<NonNullable<typeof variables>['snapshot']>> | undefined;
      let waited = 0;
      return {
        onEpoch: async ({ metrics }) => {
          if (isBest(metrics)) {
            waited = 0;
            best = await variables?.snapshot();
          } else waited++;
          return waited === 0 || waited < patience;
        },
        onEnd: async () => {
          if (best !== undefined) await variables?.restore(best);
        },
      };
    },
  };
}

export interface ReduceLROnPlateauOptions extends PlateauOptions {
  /** The variable that is the optimizer's learning rate: a float32 scalar. */
  readonly learningRate: Sym;
  /** The new rate is the old one times this. Default 0.1. */
  readonly factor?: number;
  /** Default 10. */
  readonly patience?: number;
  /** Default 1e-4. */
  readonly minDelta?: number;
  /** The epoch after a reduction at which counting epochs without improvement resumes, as in Keras. Default 0. */
  readonly cooldown?: number;
  /** The lower bound of the rate. Default 0. */
  readonly minLR?: number;
}

/**
 * Lowers the learning rate if a metric has not improved for `patience` epochs, with the arguments and defaults of Keras's
 * ReduceLROnPlateau. The rate is a variable that both the optimizer and the callback take, so changing it needs no compilation.
 *
 *     const learningRate = graph.variable('learningRate', [], 0.01, { trainable: false });
 *     updates: adam({ learningRate }).minimize(loss)
 *     callbacks: [reduceLROnPlateau({ learningRate, factor: 0.5, patience: 3 })]
 * @throws AttributeError for invalid settings, and in training for a metric that does not exist; VariableError if the program does not have
 * the variable
 */
export function reduceLROnPlateau({
  learningRate,
  factor = 0.1,
  patience = 10,
  minDelta = 1e-4,
  cooldown = 0,
  minLR = 0,
  ...options
}: ReduceLROnPlateauOptions): Callback {
  const name = 'reduceLROnPlateau';
  const watched = { ...options, patience, minDelta };
  watch(name, watched);
  if (learningRate.node.op !== Variable || learningRate.rank !== 0)
    throw new AttributeError(
      `${name}: learningRate is the variable that the optimizer has for its rate, graph.variable('learningRate', [], 0.01, { trainable: false })`,
    );
  if (!(factor > 0 && factor < 1)) throw new AttributeError(`${name}: factor is between 0 and 1, not ${factor}`);
  return {
    name,
    start: (program) => {
      const isBest = watch(name, watched);
      const variables = variablesOf(name, program);
      if (!variables.has(variableName(learningRate)))
        throw new VariableError(
          `${name}: the program has no variable '${learningRate.label}'; give it to the optimizer, as in adam({ learningRate })`,
        );
      let [waited, cooling] = [0, 0];
      return {
        onEpoch: async ({ metrics }) => {
          const better = isBest(metrics);
          cooling = Math.max(cooling - 1, 0);
          waited = better || cooling > 0 ? 0 : waited + 1;
          if (waited === 0 || waited < patience) return;
          const rate = (await variables.get(learningRate)).item();
          if (rate > minLR) await variables.set(learningRate, Math.max(rate * factor, minLR));
          [waited, cooling] = [0, cooldown];
        },
      };
    },
  };
}
