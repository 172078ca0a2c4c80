/** An optimizer outside of the library: its rule. Groups, schedules, clipping, frozen variables and slots come with it. */

import type { SymLike } from 'retrograph';
import { add, mul, sign, sub } from 'retrograph/ops';
import {
  type LearningRate,
  makeOptimizer,
  type Optimizer,
  type OptimizerOptions,
  type Rule,
  settings,
} from 'retrograph/optimizers';

export interface LionSettings {
  /** 0.0001 */
  readonly learningRate?: LearningRate;
  /** 0.9 */
  readonly beta1?: number;
  /** 0.99 */
  readonly beta2?: number;
  /** 0 */
  readonly weightDecay?: number;
}

const rule: Rule<LionSettings, Required<LionSettings> & { readonly rate: SymLike }> = {
  kind: 'lion',
  settings: {
    learningRate: settings.learningRate(1e-4),
    beta1: settings.fraction(0.9),
    beta2: settings.fraction(0.99),
    weightDecay: settings.number(0),
  },
  shared: (own, rate) => ({ ...own, rate }),
  update: (w, g, { beta1, beta2, weightDecay, rate }, { before, after }) => {
    const m = before('m');
    after('m', add(mul(m, beta2), mul(g, 1 - beta2)));
    const direction = sign(add(mul(m, beta1), mul(g, 1 - beta1)));
    return sub(w, mul(rate, weightDecay === 0 ? direction : add(direction, mul(w, weightDecay))));
  },
};

/**
 * Lion. Slot `m`:
 *
 *     w' = w - rate (sign(beta1 m + (1 - beta1) g) + weightDecay w)
 *     m' = beta2 m + (1 - beta2) g
 *
 * X. Chen et al., "Symbolic discovery of optimization algorithms", NeurIPS 2023, algorithm 2.
 */
export function lion(options: OptimizerOptions<LionSettings> = {}): Optimizer {
  return makeOptimizer(rule, options);
}
