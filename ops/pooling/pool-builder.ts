/** What the builders of poolings share: arguments as tf takes them. */
import { attr, type DimLike, reshape, ShapeError, type Sym } from '../../engine/index.ts';
import { type Padding, type PerAxis, type Rounding, toList } from '../convolution/geometry.ts';

/** As tf takes it; pairs may hold unknown dims. */
export type PadLike = 'same' | 'valid' | number | readonly (readonly [DimLike, DimLike])[];

interface WindowAttrs {
  readonly filterSize: readonly number[];
  readonly strides: readonly number[];
  readonly pad: Padding;
  readonly dilations: readonly number[];
}

const PAIRS = attr.pairs();

/** Arguments as attributes, for so many spatial axes. */
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

/** The same, with a rounding mode. */
export const roundedAttrs = (
  dimRoundingMode: Rounding | null | undefined,
  ...rest: Parameters<typeof windowAttrs>
): WindowAttrs & { readonly dimRoundingMode: Rounding | undefined } => ({
  ...windowAttrs(...rest),
  dimRoundingMode: dimRoundingMode ?? undefined,
});

/** `pool` of a batch, or of one image or volume without the dimension of a batch. @throws ShapeError for another rank */
export function withBatch(x: Sym, rank: number, pool: (x: Sym) => Sym): Sym {
  if (x.rank === rank) return pool(x);
  if (x.rank !== rank - 1) throw new ShapeError(`a pooling of a value of rank ${x.rank}, not ${rank} or ${rank - 1}`);
  const y = pool(reshape(x, [1, ...x.shape]));
  return reshape(y, y.shape.slice(1));
}
