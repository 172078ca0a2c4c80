/** Converts the arguments of pooling builders, which are those of tf. */
import { attr, type DimLike, reshape, ShapeError, type Sym } from '../../engine/index.ts';
import { type PerAxis, type Rounding, toList } from '../convolution/geometry.ts';
import type { Pool } from './families.ts';
import type { DataFormat, ImageAttrs } from './geometry.ts';

/** A padding as in tf; pairs may contain unknown dims. */
export type PadLike = 'same' | 'valid' | number | readonly (readonly [DimLike, DimLike])[];

type WindowAttrs = Omit<ImageAttrs, 'dimRoundingMode'>;

const PAIRS = attr.pairs();

/** What the builders of poolings take besides the value. */
export type PoolArguments = readonly [
  filterSize: PerAxis,
  strides: PerAxis,
  pad: PadLike,
  dimRoundingMode?: Rounding | null | undefined,
];
export type VolumePoolArguments = readonly [...PoolArguments, dataFormat?: DataFormat | undefined];

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
): ImageAttrs => ({
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

/** A pooling of images, with or without a batch. */
export const poolImages = (pool: Pool, x: Sym, [filterSize, strides, pad, mode]: PoolArguments): Sym =>
  withBatch(x, 4, (batch) => pool.node({ x: batch }, roundedAttrs(mode, 2, filterSize, strides, pad)));

/** A pooling of volumes, with or without a batch. */
export function poolVolumes(pool: Pool, x: Sym, args: VolumePoolArguments): Sym {
  const [filterSize, strides, pad, mode, dataFormat = 'NDHWC'] = args;
  const attrs = { ...roundedAttrs(mode, 3, filterSize, strides, pad), dataFormat };
  return withBatch(x, 5, (batch) => pool.node({ x: batch }, attrs));
}
