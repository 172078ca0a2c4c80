/** Attributes and checks of random ops; the attribute `stream` numbers an op's random stream. */
import { AttributeError, attr, type TensorType } from '../../engine/index.ts';

/** Attributes of every random op. Streams are numbered when nodes join a graph. */
export const drawAttrs = { shape: attr.shape(), stream: attr.optional(attr.int()) };

export const inferDraw = (dtype: 'float32' | 'int32', shape: TensorType['shape']): readonly TensorType[] => [
  { dtype, shape },
];

/** @throws AttributeError for a rate outside of [0, 1) */
export function requireRate(rate: number): void {
  if (!(rate >= 0 && rate < 1)) throw new AttributeError(`dropout: a rate of ${rate} is not in [0, 1)`);
}
