/** The optimizer `adagrad`. */
import type { SymLike } from '../../engine/index.ts';
import { add, div, mul, square, sub } from '../../ops/exports.ts';
import { type EpsilonPlace, epsilonPlace, rootWith } from './epsilon.ts';
import { makeOptimizer, type Optimizer, type OptimizerOptions, type Rule } from './optimizer.ts';
import { type LearningRate, learningRate, number } from './settings.ts';

export interface AdagradSettings {
  readonly learningRate: LearningRate;
  /** The initial sum of squares. Default 0.1 (as in tfjs and Keras; PyTorch: 0). */
  readonly initialAccumulatorValue?: number;
  /** Default 1e-7. */
  readonly epsilon?: number;
  /** 'inside' the root (the default, as in tfjs and Keras) or 'outside' (PyTorch). */
  readonly epsilonPlace?: EpsilonPlace;
}

const rule: Rule<AdagradSettings, Required<AdagradSettings> & { readonly rate: SymLike }> = {
  kind: 'adagrad',
  settings: { learningRate: learningRate(), initialAccumulatorValue: number(0.1), epsilon: number(1e-7), epsilonPlace },
  shared: (settings, rate) => ({ ...settings, rate }),
  update: (w, g, { rate, initialAccumulatorValue, epsilon, epsilonPlace }, { before, after }) => {
    const squares = after('accumulator', add(before('accumulator', initialAccumulatorValue), square(g)));
    return sub(w, mul(rate, div(g, rootWith(squares, epsilon, epsilonPlace))));
  },
};

/**
 * Adagrad, as tf.train.adagrad. Slot `accumulator`, initially initialAccumulatorValue:
 *
 *     a' = a + g^2
 *     w' = w - rate g / sqrt(a' + epsilon)
 *
 * J. Duchi, E. Hazan, Y. Singer, "Adaptive subgradient methods for online learning and stochastic optimization", JMLR 12 (2011).
 */
export const adagrad = (options: OptimizerOptions<AdagradSettings>): Optimizer => makeOptimizer(rule, options);
