/** What random ops share: a state, an attribute for the stream, and an expression of an element's bits. */
import { AttributeError, attr, type Scalar, type TensorType } from '../../engine/index.ts';
import { bitsScalar } from '../../engine/random.ts';

/** Of every random op. Streams are numbered when nodes join a graph. */
export const drawAttrs = { shape: attr.shape(), stream: attr.optional(attr.int()) };

export const inferDraw = (dtype: 'float32' | 'int32', shape: TensorType['shape']): readonly TensorType[] => [
  { dtype, shape },
];

/** An element's 32 bits: `state` stands for the four words of the random state. */
export const bitsOf = (state: unknown, stream: number | undefined): Scalar =>
  bitsScalar(stream ?? 0, state as readonly Scalar[]);

/** @throws AttributeError for a rate outside of [0, 1) */
export function requireRate(rate: number): void {
  if (!(rate >= 0 && rate < 1)) throw new AttributeError(`dropout: a rate of ${rate} is not in [0, 1)`);
}
