import type { DimLike, DType, OpDoc, Sym } from '../../engine/index.ts';
import { attr, DTypeError, defineOp, RandomState, toShape, ZERO } from '../../engine/index.ts';
import { normalOf } from '../../engine/random.ts';
import { drawAttrs, inferDraw } from './draw.ts';

export const RandomNormal = defineOp({
  name: 'RandomNormal',
  inputs: ['state'],
  attrs: { ...drawAttrs, mean: attr.number(0), stdDev: attr.number(1) },
  infer: (_inputs, { shape }) => inferDraw('float32', shape),
  lowering: [
    {
      kind: 'expression',
      expr: ({ state: bits }, { mean, stdDev }) => normalOf(bits, { mean, stdDev }),
    },
  ],
  traits: { random: true },
  gradient: { state: ZERO },
});

/** Normally distributed; draws again in every run. @throws DTypeError unless the dtype is float32 */
export function randomNormal(shape: readonly DimLike[], mean = 0, stdDev = 1, dtype: DType = 'float32'): Sym {
  if (dtype !== 'float32') throw new DTypeError(`randomNormal: no draws of ${dtype}`);
  return RandomNormal.node({ state: RandomState.node({}) }, { shape: toShape(shape), mean, stdDev });
}

/** Normally distributed with mean 0 and standard deviation 1; draws again in every run. @throws DTypeError */
export const randomStandardNormal = (shape: readonly DimLike[], dtype: DType = 'float32'): Sym =>
  randomNormal(shape, 0, 1, dtype);

export const doc: OpDoc = {
  summary: 'Normally distributed numbers.',
  forward: 'y_i \\sim N(\\mu, \\sigma^2)',
  gradient: { state: 'zero' },
  source: 'Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (2011); Wichura, AS 241 (1988)',
};
