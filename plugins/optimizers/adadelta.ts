import { attr, type SymLike } from '../../engine/index.ts';
import { div, mul, square, sub } from '../../ops/index.ts';
import { rootWith } from './epsilon.ts';
import { average, makeOptimizer, type Optimizer, type OptimizerOptions, type Rule } from './optimizer.ts';
import { fraction, type LearningRate, learningRate, number } from './settings.ts';

export interface AdadeltaSettings {
  /** 0.001 */
  readonly learningRate?: LearningRate;
  /** Decay of both averages: 0.95. */
  readonly rho?: number;
  /** 1e-7 */
  readonly epsilon?: number;
  /** Which average of squared gradients divides: that 'before' this step (the default, as in tfjs), or 'after' it (the paper, PyTorch, Keras). */
  readonly divisor?: 'before' | 'after';
}

const rule: Rule<AdadeltaSettings, Required<AdadeltaSettings> & { readonly rate: SymLike }> = {
  kind: 'adadelta',
  settings: {
    learningRate: learningRate(0.001),
    rho: fraction(0.95),
    epsilon: number(1e-7),
    divisor: attr.oneOf(['before', 'after'], 'before'),
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
 * Adadelta, as tf.train.adadelta. Slots `accum_grad` and `accum_var`:
 *
 *     a' = rho a + (1 - rho) g^2
 *     d  = sqrt(u + epsilon) / sqrt(a + epsilon) g          divisor 'after': a' in place of a
 *     u' = rho u + (1 - rho) d^2
 *     w' = w - rate d
 *
 * M. Zeiler, "ADADELTA: an adaptive learning rate method", 2012, algorithm 1, where the rate is 1 and a' divides.
 */
export function adadelta(options: OptimizerOptions<AdadeltaSettings> = {}): Optimizer {
  return makeOptimizer(rule, options);
}
