/** The optimizer `adam`. */
import type { Sym, SymLike } from '../../engine/index.ts';
import { add, div, expm1, mul, neg, sqrt, square, sub } from '../../ops/exports.ts';
import { average, makeOptimizer, type Optimizer, type OptimizerOptions, type Rule, type Slots } from './optimizer.ts';
import { fraction, type LearningRate, learningRate, number } from './settings.ts';

export interface AdamSettings {
  /** Default 0.001. */
  readonly learningRate?: LearningRate;
  /** Decay of the first moment. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the second moment. Default 0.999. */
  readonly beta2?: number;
  /** Added to the root of the corrected second moment. Default 1e-7. */
  readonly epsilon?: number;
}

export interface AdamShared {
  readonly beta1: number;
  readonly beta2: number;
  readonly rate: SymLike;
  readonly epsilon: SymLike;
}

/** The bias correction of a moving average after t steps, 1 - beta^t, computed without cancellation for beta near 1. */
export const biasCorrection = (beta: number, t: () => Sym): SymLike =>
  beta === 0 ? 1 : neg(expm1(mul(t(), Math.log(beta))));

/** Both bias corrections, combined into two scalars. */
export function adamShared({ beta1, beta2, epsilon }: Required<AdamSettings>, rate: SymLike, t: () => Sym): AdamShared {
  const root = sqrt(biasCorrection(beta2, t));
  return { beta1, beta2, rate: mul(rate, div(root, biasCorrection(beta1, t))), epsilon: mul(epsilon, root) };
}

/** What Adam subtracts from a weight. */
export function adamStep(g: Sym, { beta1, beta2, rate, epsilon }: AdamShared, { before, after }: Slots): Sym {
  const m = after('m', average(before('m'), g, beta1));
  const v = after('v', average(before('v'), square(g), beta2));
  return mul(rate, div(m, add(sqrt(v), epsilon)));
}

const rule: Rule<AdamSettings, AdamShared> = {
  kind: 'adam',
  settings: { learningRate: learningRate(0.001), beta1: fraction(0.9), beta2: fraction(0.999), epsilon: number(1e-7) },
  shared: adamShared,
  update: (w, g, shared, slots) => sub(w, adamStep(g, shared, slots)),
};

/**
 * Adam, as tf.train.adam. Slots `m` and `v`; t is the step's number, starting at 1:
 *
 *     m' = beta1 m + (1 - beta1) g
 *     v' = beta2 v + (1 - beta2) g^2
 *     w' = w - rate m' / (1 - beta1^t) / (sqrt(v' / (1 - beta2^t)) + epsilon)
 *
 * computed, with s = sqrt(1 - beta2^t), as w - (rate s / (1 - beta1^t)) m' / (sqrt(v') + epsilon s): both corrections are scalars.
 * D. Kingma, J. Ba, "Adam: a method for stochastic optimization", ICLR 2015, algorithm 1.
 */
export const adam = (options: OptimizerOptions<AdamSettings> = {}): Optimizer => makeOptimizer(rule, options);
