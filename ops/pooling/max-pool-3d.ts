import { lift, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import type { PerAxis, Rounding } from '../convolution/geometry.ts';
import { maximaOfVolumes } from './families.ts';
import type { DataFormat } from './geometry.ts';
import { type PadLike, roundedAttrs, withBatch } from './pool-builder.ts';

export const MaxPool3D = maximaOfVolumes.pool;

/**
 * The largest element of each window of a volume, [batch, depth, height, width, channels], or without a batch, or with the channels before
 * the depth ('NCDHW'). Padding is never the maximum. In a tie, the first element in row-major order gets the gradient.
 * @throws ShapeError, DTypeError; AttributeError for a rounding mode with 'same' or 'valid'
 */
export function maxPool3d(
  x: SymLike,
  filterSize: PerAxis,
  strides: PerAxis,
  pad: PadLike,
  dimRoundingMode?: Rounding | null,
  dataFormat: DataFormat = 'NDHWC',
): Sym {
  const attrs = { ...roundedAttrs(dimRoundingMode, 3, filterSize, strides, pad), dataFormat };
  return withBatch(lift(x), 5, (batch) => MaxPool3D.node({ x: batch }, attrs));
}

export const doc: OpDoc = {
  summary: 'The largest element of each window of a volume.',
  forward: 'y_i = \\max_k x_{s i + d k - p}',
  gradient: { x: '\\sum_{i : \\, s i + d k_i - p = j} \\bar y_i, \\; k_i \\text{ the first maximum of window } i' },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), section 3',
};
