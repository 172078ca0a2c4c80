/** The optimizer `rmsprop`. */
import { attr, type SymLike } from '../../engine/index.ts';
import { add, div, maximum, mul, square, sub } from '../../ops/exports.ts';
import { type EpsilonPlace, epsilonPlace, rootWith } from './epsilon.ts';
import { average, makeOptimizer, type Optimizer, type OptimizerOptions, type Rule } from './optimizer.ts';
import { fraction, type LearningRate, learningRate, number } from './settings.ts';

export interface RmspropSettings {
  readonly learningRate: LearningRate;
  /** Decay of the mean square. Default 0.9. */
  readonly decay?: number;
  /** Default 0. */
  readonly momentum?: number;
  /** Default 1e-7. */
  readonly epsilon?: number;
  /** 'inside' the root (the default, as in tfjs and Keras) or 'outside' (PyTorch). */
  readonly epsilonPlace?: EpsilonPlace;
  /** Divide by the gradient's standard deviation instead of its root mean square. Default false. */
  readonly centered?: boolean;
}

const rule: Rule<RmspropSettings, Required<RmspropSettings> & { readonly rate: SymLike }> = {
  kind: 'rmsprop',
  settings: {
    learningRate: learningRate(),
    decay: fraction(0.9),
    momentum: fraction(0),
    epsilon: number(1e-7),
    epsilonPlace,
    centered: attr.bool(false),
  },
  shared: (settings, rate) => ({ ...settings, rate }),
  update: (w, g, { decay, momentum, epsilon, epsilonPlace, centered, rate }, { before, after }) => {
    const squares = after('rms', average(before('rms'), square(g), decay));
    // rounding can make the variance negative
    const spread = centered ? maximum(sub(squares, square(after('mg', average(before('mg'), g, decay)))), 0) : squares;
    const step = div(mul(rate, g), rootWith(spread, epsilon, epsilonPlace));
    return sub(w, momentum === 0 ? step : after('momentum', add(mul(before('momentum'), momentum), step)));
  },
};

/**
 * RMSProp, as tf.train.rmsprop. Slots `rms`; `momentum` unless momentum is 0; `mg` if centered:
 *
 *     s' = decay s + (1 - decay) g^2
 *     d' = momentum d + rate g / sqrt(s' + epsilon)
 *     w' = w - d'
 *
 * If centered, s' - m'^2 replaces s' in d', with m' = decay m + (1 - decay) g. (tfjs subtracts epsilon there, and so takes the root of a
 * negative number if the gradient does not change; this adds it, as all other libraries do.)
 * T. Tieleman, G. Hinton, "Lecture 6.5 - rmsprop", 2012; A. Graves, "Generating sequences with recurrent neural networks", 2013.
 */
export const rmsprop = (options: OptimizerOptions<RmspropSettings>): Optimizer => makeOptimizer(rule, options);
