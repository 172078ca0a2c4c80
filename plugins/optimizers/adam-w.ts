/** The optimizer `adamW`. */
import type { SymLike } from '../../engine/index.ts';
import { mul, sub } from '../../ops/exports.ts';
import { type AdamSettings, type AdamShared, adamShared, adamStep } from './adam.ts';
import { makeOptimizer, type Optimizer, type OptimizerOptions, type Rule } from './optimizer.ts';
import { filter, fraction, learningRate, number } from './settings.ts';
import { matches, type VariableFilter } from './variables.ts';

/** As Adam's, but epsilon is 1e-8 by default. */
export interface AdamWSettings extends AdamSettings {
  /** Default 0.01. */
  readonly weightDecay?: number;
  /** Variables that do not decay, such as biases and scales: `(variable) => variable.rank < 2`. Default: none. */
  readonly withoutDecay?: VariableFilter;
}

interface Shared extends AdamShared {
  /** The factor of a weight in each step: 1 - rate weightDecay. */
  readonly kept: SymLike;
  readonly withoutDecay: VariableFilter;
}

const rule: Rule<AdamWSettings, Shared> = {
  kind: 'adamW',
  settings: {
    learningRate: learningRate(0.001),
    beta1: fraction(0.9),
    beta2: fraction(0.999),
    epsilon: number(1e-8),
    weightDecay: number(0.01),
    withoutDecay: filter([]),
  },
  shared: (settings, rate, t) => ({
    ...adamShared(settings, rate, t),
    kept: sub(1, mul(rate, settings.weightDecay)),
    withoutDecay: settings.withoutDecay,
  }),
  update: (w, g, shared, slots) =>
    sub(matches(shared.withoutDecay, w) ? w : mul(w, shared.kept), adamStep(g, shared, slots)),
};

/**
 * Adam with decoupled weight decay, as torch.optim.AdamW:
 *
 *     w' = (1 - rate weightDecay) w - (Adam's step)
 *
 * I. Loshchilov, F. Hutter, "Decoupled weight decay regularization", ICLR 2019, algorithm 2.
 */
export const adamW = (options: OptimizerOptions<AdamWSettings> = {}): Optimizer => makeOptimizer(rule, options);
