import type { DimLike, DType, OpDoc, Sym } from '../../engine/index.ts';
import { AttributeError, attr, cast, DTypeError, defineOp, RandomState, toShape, ZERO } from '../../engine/index.ts';
import { uniformOf } from '../../engine/random.ts';
import { drawAttrs, inferDraw } from './draw.ts';
import { randomUniformInt } from './random-uniform-int.ts';

export const RandomUniform = defineOp({
  name: 'RandomUniform',
  inputs: ['state'],
  attrs: { ...drawAttrs, minval: attr.number(0), maxval: attr.number(1) },
  infer: (_inputs, { shape, minval, maxval }) => {
    if (!(minval <= maxval && Number.isFinite(maxval - minval)))
      throw new AttributeError(`no uniforms in [${minval}, ${maxval})`);
    return inferDraw('float32', shape);
  },
  lowering: [
    {
      kind: 'expression',
      expr: ({ state: bits }, { minval, maxval }) => uniformOf(bits, { minval, maxval }),
    },
  ],
  traits: { random: true },
  gradient: { state: ZERO },
});

/**
 * Uniform in [minval, maxval), integers for int32; draws again in every run. Seeds belong to a program's variables.
 * @throws DTypeError for complex64
 */
export function randomUniform(shape: readonly DimLike[], minval = 0, maxval = 1, dtype: DType = 'float32'): Sym {
  if (dtype === 'complex64') throw new DTypeError('randomUniform: no draws of complex64');
  if (dtype !== 'float32') return cast(randomUniformInt(shape, minval, maxval), dtype);
  return RandomUniform.node({ state: RandomState.node({}) }, { shape: toShape(shape), minval, maxval });
}

export const doc: OpDoc = {
  summary: 'Uniformly distributed numbers.',
  forward: 'y_i \\sim U[a, b)',
  gradient: { state: 'zero' },
  source: 'Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (2011)',
};
