import type { DimLike, DType, OpDoc, Sym } from '../../engine/index.ts';
import { attr, DTypeError, defineOp, RandomState, toShape, ZERO } from '../../engine/index.ts';
import { truncatedNormalOf } from '../../engine/random.ts';
import { drawAttrs, inferDraw } from './draw.ts';

export const TruncatedNormal = defineOp({
  name: 'TruncatedNormal',
  inputs: ['state'],
  attrs: { ...drawAttrs, mean: attr.number(0), stdDev: attr.number(1) },
  infer: (_inputs, { shape }) => inferDraw('float32', shape),
  lowering: [
    {
      kind: 'expression',
      expr: ({ state: bits }, { mean, stdDev }) => truncatedNormalOf(bits, { mean, stdDev }),
    },
  ],
  traits: { random: true },
  gradient: { state: ZERO },
});

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
