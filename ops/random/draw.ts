/** Attributes and checks of random ops; the attribute `stream` numbers an op's random stream. */
import { AttributeError, attr, defineOp, type Scalar, type TensorType, ZERO } from '../../engine/index.ts';
import type { NormalOptions } from '../../engine/random.ts';

/** Attributes of every random op. Streams are numbered when nodes join a graph. */
export const drawAttrs = { shape: attr.shape(), stream: attr.optional(attr.int()) };

export const inferDraw = (dtype: 'float32' | 'int32', shape: TensorType['shape']): readonly TensorType[] => [
  { dtype, shape },
];

/** Defines an op that draws float32s with a mean and a standard deviation. */
export const defineNormal = /* @__NO_SIDE_EFFECTS__ */ (
  name: string,
  draw: (bits: Scalar, options: NormalOptions) => Scalar,
) =>
  defineOp({
    name,
    inputs: ['state'],
    attrs: { ...drawAttrs, mean: attr.number(0), stdDev: attr.number(1) },
    infer: (_inputs, { shape }) => inferDraw('float32', shape),
    lowering: [{ kind: 'expression', expr: ({ state }, { mean, stdDev }) => draw(state, { mean, stdDev }) }],
    traits: { random: true },
    gradient: { state: ZERO },
  });

/** @throws AttributeError for a rate outside of [0, 1) */
export function requireRate(rate: number): void {
  if (!(rate >= 0 && rate < 1)) throw new AttributeError(`dropout: a rate of ${rate} is not in [0, 1)`);
}
