/** The optimizers `momentum` and `nesterov`. */
import { attr, type SymLike } from '../../engine/index.ts';
import { add, mul, sub } from '../../ops/exports.ts';
import { makeOptimizer, type Optimizer, type OptimizerOptions, type Rule } from './optimizer.ts';
import { fraction, type LearningRate, learningRate } from './settings.ts';

export interface MomentumSettings {
  readonly learningRate: LearningRate;
  /** Default 0.9. */
  readonly momentum?: number;
  /** Default false. */
  readonly nesterov?: boolean;
  /**
   * What the velocity sums: 'gradients' (the default, as in tfjs and PyTorch), or 'steps', gradients times the rate (Sutskever's form, as
   * in Keras). They differ only if the rate changes: with 'gradients', a new rate also applies to old gradients.
   */
  readonly velocity?: 'gradients' | 'steps';
}

const rule: Rule<MomentumSettings, Required<MomentumSettings> & { readonly rate: SymLike }> = {
  kind: 'momentum',
  settings: {
    learningRate: learningRate(),
    momentum: fraction(0.9),
    nesterov: attr.bool(false),
    velocity: attr.oneOf(['gradients', 'steps'], 'gradients'),
  },
  shared: (settings, rate) => ({ ...settings, rate }),
  update: (w, g, { momentum, nesterov, velocity, rate }, { before, after }) => {
    const push = velocity === 'steps' ? mul(rate, g) : g;
    const v = after('momentum', add(mul(before('momentum'), momentum), push));
    const step = nesterov ? add(push, mul(v, momentum)) : v;
    return sub(w, velocity === 'steps' ? step : mul(rate, step));
  },
};

/**
 * Gradient descent with momentum, as tf.train.momentum. Slot `momentum`:
 *
 *     v' = momentum v + g
 *     w' = w - rate v'                      nesterov:  w' = w - rate (g + momentum v')
 *
 * B. Polyak 1964; Y. Nesterov 1983 in the form of I. Sutskever et al., "On the importance of initialization and momentum in deep
 * learning", ICML 2013, and Y. Bengio et al., "Advances in optimizing recurrent networks", 2013, eq. (7).
 */
export const momentum = (options: OptimizerOptions<MomentumSettings>): Optimizer => makeOptimizer(rule, options);

/** `momentum` with `nesterov: true`. */
export const nesterov = (options: OptimizerOptions<Omit<MomentumSettings, 'nesterov'>>): Optimizer =>
  momentum({ ...options, nesterov: true });
