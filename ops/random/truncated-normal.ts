import type { DimLike, DType, OpDoc, Sym } from '../../engine/index.ts';
import { DTypeError, RandomState, toShape } from '../../engine/index.ts';
import { truncatedNormalOf } from '../../engine/random.ts';
import { defineNormal } from './draw.ts';

export const TruncatedNormal = /* @__PURE__ */ defineNormal('TruncatedNormal', truncatedNormalOf);

/**
 * Normally distributed within two standard deviations of the mean; draws again in every run.
 * @throws DTypeError unless the dtype is float32
 */
export function truncatedNormal(shape: readonly DimLike[], mean = 0, stdDev = 1, dtype: DType = 'float32'): Sym {
  if (dtype !== 'float32') throw new DTypeError(`truncatedNormal: no draws of ${dtype}`);
  return TruncatedNormal.node({ state: RandomState.node({}) }, { shape: toShape(shape), mean, stdDev });
}

export const doc: OpDoc = {
  summary: 'Normally distributed numbers, within two standard deviations.',
  forward: 'y_i \\sim N(\\mu, \\sigma^2), \\; |y_i - \\mu| < 2 \\sigma',
  gradient: { state: 'zero' },
  source: 'Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (2011); Wichura, AS 241 (1988)',
};
