/** The optimizer `adadelta`. */
import { attr, type SymLike } from '../../engine/index.ts';
import { div, mul, square, sub } from '../../ops/exports.ts';
import { rootWith } from './epsilon.ts';
import { average, makeOptimizer, type Optimizer, type OptimizerOptions, type Rule } from './optimizer.ts';
import { fraction, type LearningRate, learningRate, number } from './settings.ts';

export interface AdadeltaSettings {
  /** Default 0.001. */
  readonly learningRate?: LearningRate;
  /** Decay of both averages. Default 0.95. */
  readonly rho?: number;
  /** Default 1e-7. */
  readonly epsilon?: number;
  /**
   * The average of squared gradients to divide by: the one 'after' this step (the default, as in the paper, TensorFlow, PyTorch and Keras)
   * or 'before' it (tfjs). The one before is 0 in the first step, which is then the whole gradient times the rate: with the paper's rate of
   * 1, that diverges on most problems.
   */
  readonly divisor?: 'before' | 'after';
}

const rule: Rule<AdadeltaSettings, Required<AdadeltaSettings> & { readonly rate: SymLike }> = {
  kind: 'adadelta',
  settings: {
    learningRate: learningRate(0.001),
    rho: fraction(0.95),
    epsilon: number(1e-7),
    divisor: attr.oneOf(['before', 'after'], 'after'),
  },
  shared: (settings, rate) => ({ ...settings, rate }),
  update: (w, g, { rate, rho, epsilon, divisor }, { before, after }) => {
    const squares = after('accum_grad', average(before('accum_grad'), square(g), rho));
    const root = rootWith(divisor === 'after' ? squares : before('accum_grad'), epsilon, 'inside');
    const step = mul(div(rootWith(before('accum_var'), epsilon, 'inside'), root), g);
    after('accum_var', average(before('accum_var'), square(step), rho));
    return sub(w, mul(rate, step));
  },
};

/**
 * Adadelta, with the arguments and the default rate of tf.train.adadelta. Slots `accum_grad` and `accum_var`:
 *
 *     a' = rho a + (1 - rho) g^2
 *     d  = sqrt(u + epsilon) / sqrt(a' + epsilon) g         divisor 'before': a in place of a'
 *     u' = rho u + (1 - rho) d^2
 *     w' = w - rate d
 *
 * M. Zeiler, "ADADELTA: an adaptive learning rate method", arXiv 1212.5701 (2012), algorithm 1, where the rate is 1. Without epsilon in the
 * numerator, the first step and therefore all others would be 0.
 */
export const adadelta = (options: OptimizerOptions<AdadeltaSettings> = {}): Optimizer => makeOptimizer(rule, options);
