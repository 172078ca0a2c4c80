import type { DimLike, OpDoc, Sym } from '../../engine/index.ts';
import { AttributeError, attr, defineOp, RandomState, toShape, ZERO } from '../../engine/index.ts';
import { intOf } from '../../engine/random.ts';
import { drawAttrs, inferDraw } from './draw.ts';

export const RandomUniformInt = defineOp({
  name: 'RandomUniformInt',
  inputs: ['state'],
  attrs: { ...drawAttrs, minval: attr.int(), maxval: attr.int() },
  infer: (_inputs, { shape, minval, maxval }) => {
    if (!(-(2 ** 31) <= minval && minval < maxval && maxval <= 2 ** 31))
      throw new AttributeError(`no int32 in [${minval}, ${maxval})`);
    return inferDraw('int32', shape);
  },
  lowering: [
    {
      kind: 'expression',
      expr: ({ state: bits }, { minval, maxval }) => intOf(bits, { minval, maxval }),
    },
  ],
  traits: { random: true },
  gradient: { state: ZERO },
});

/** Integers drawn uniformly from minval to maxval - 1; draws again in every run. */
export const randomUniformInt = (shape: readonly DimLike[], minval: number, maxval: number): Sym =>
  RandomUniformInt.node({ state: RandomState.node({}) }, { shape: toShape(shape), minval, maxval });

export const doc: OpDoc = {
  summary: 'Uniformly distributed whole numbers.',
  forward: 'y_i \\sim U\\{a, \\dots, b - 1\\}',
  gradient: { state: 'zero' },
  source: 'Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (2011)',
};
