/** The optimizer `adamax`. */
import type { SymLike } from '../../engine/index.ts';
import { abs, add, div, maximum, mul, sub } from '../../ops/exports.ts';
import { biasCorrection } from './adam.ts';
import { average, makeOptimizer, type Optimizer, type OptimizerOptions, type Rule } from './optimizer.ts';
import { fraction, type LearningRate, learningRate, number } from './settings.ts';

export interface AdamaxSettings {
  /** Default 0.002. */
  readonly learningRate?: LearningRate;
  /** Decay of the first moment. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the norm. Default 0.999. */
  readonly beta2?: number;
  /** Added to the norm. Default 1e-7. */
  readonly epsilon?: number;
}

interface Shared {
  readonly settings: Required<AdamaxSettings>;
  readonly rate: SymLike;
}

const rule: Rule<AdamaxSettings, Shared> = {
  kind: 'adamax',
  settings: { learningRate: learningRate(0.002), beta1: fraction(0.9), beta2: fraction(0.999), epsilon: number(1e-7) },
  shared: (settings, rate, t) => ({ settings, rate: div(rate, biasCorrection(settings.beta1, t)) }),
  update: (w, g, { settings: { beta1, beta2, epsilon }, rate }, { before, after }) => {
    const m = after('m', average(before('m'), g, beta1));
    const u = after('u', maximum(mul(before('u'), beta2), abs(g)));
    return sub(w, mul(rate, div(m, add(u, epsilon))));
  },
};

/**
 * Adamax, as tf.train.adamax (for its `decay`, use the schedule `inverseTimeDecay`). Slots `m` and `u`; t is the step's number, starting at
 * 1:
 *
 *     m' = beta1 m + (1 - beta1) g
 *     u' = max(beta2 u, |g|)
 *     w' = w - rate / (1 - beta1^t) m' / (u' + epsilon)
 *
 * D. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 2.
 */
export const adamax = (options: OptimizerOptions<AdamaxSettings> = {}): Optimizer => makeOptimizer(rule, options);
