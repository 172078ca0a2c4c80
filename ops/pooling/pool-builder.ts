/** Converts the arguments of pooling builders, which are those of tf. */
import { attr, type DimLike, reshape, ShapeError, type Sym } from '../../engine/index.ts';
import { type Padding, type PerAxis, type Rounding, toList } from '../convolution/geometry.ts';

/** A padding as in tf; pairs may contain unknown dims. */
export type PadLike = 'same' | 'valid' | number | readonly (readonly [DimLike, DimLike])[];

interface WindowAttrs {
  readonly filterSize: readonly number[];
  readonly strides: readonly number[];
  readonly pad: Padding;
  readonly dilations: readonly number[];
}

const PAIRS = attr.pairs();

/** Converts arguments to attributes, for `axes` spatial axes. */
export const windowAttrs = (
  axes: number,
  filterSize: PerAxis,
  strides: PerAxis,
  pad: PadLike,
  dilations: PerAxis = 1,
): WindowAttrs => ({
  filterSize: toList(filterSize, axes),
  strides: toList(strides, axes),
  pad: typeof pad === 'object' ? PAIRS.parse(pad) : pad,
  dilations: toList(dilations, axes),
});

export const roundedAttrs = (
  dimRoundingMode: Rounding | null | undefined,
  ...rest: Parameters<typeof windowAttrs>
): WindowAttrs & { readonly dimRoundingMode: Rounding | undefined } => ({
  ...windowAttrs(...rest),
  dimRoundingMode: dimRoundingMode ?? undefined,
});

/** Applies `pool` to a batch, or to one image or volume without a batch. @throws ShapeError for another rank */
export function withBatch(x: Sym, rank: number, pool: (x: Sym) => Sym): Sym {
  if (x.rank === rank) return pool(x);
  if (x.rank !== rank - 1) throw new ShapeError(`a pooling of a value of rank ${x.rank}, not ${rank} or ${rank - 1}`);
  const y = pool(reshape(x, [1, ...x.shape]));
  return reshape(y, y.shape.slice(1));
}
