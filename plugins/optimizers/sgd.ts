/** The optimizer `sgd`. */
import { mul, sub } from '../../ops/exports.ts';
import { makeOptimizer, type Optimizer, type OptimizerOptions, type Rule } from './optimizer.ts';
import { type LearningRate, learningRate } from './settings.ts';

export interface SgdSettings {
  readonly learningRate: LearningRate;
}

const rule: Rule<SgdSettings, Parameters<typeof mul>[0]> = {
  kind: 'sgd',
  settings: { learningRate: learningRate() },
  shared: (_settings, rate) => rate,
  update: (w, g, rate) => sub(w, mul(rate, g)),
};

/**
 * Stochastic gradient descent, as tf.train.sgd:
 *
 *     w' = w - rate g
 */
export const sgd = (options: OptimizerOptions<SgdSettings>): Optimizer => makeOptimizer(rule, options);
