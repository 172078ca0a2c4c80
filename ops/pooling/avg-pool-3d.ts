import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import type { PerAxis, Rounding } from '../convolution/geometry.ts';
import { float } from '../elementwise/unary.ts';
import { averagesOfVolumes } from './families.ts';
import type { DataFormat } from './geometry.ts';
import { type PadLike, roundedAttrs, withBatch } from './pool-builder.ts';

export const AvgPool3D = averagesOfVolumes.pool;

/**
 * The average of each window of a volume, [batch, depth, height, width, channels], or without a batch, or with the channels before the
 * depth ('NCDHW'). Padding is not counted.
 * @throws ShapeError, DTypeError; AttributeError for a rounding mode with 'same' or 'valid'
 */
export function avgPool3d(
  x: SymLike,
  filterSize: PerAxis,
  strides: PerAxis,
  pad: PadLike,
  dimRoundingMode?: Rounding | null,
  dataFormat: DataFormat = 'NDHWC',
): Sym {
  const attrs = { ...roundedAttrs(dimRoundingMode, 3, filterSize, strides, pad), dataFormat };
  return withBatch(float(x), 5, (batch) => AvgPool3D.node({ x: batch }, attrs));
}

export const doc: OpDoc = {
  summary: 'The average of each window of a volume.',
  forward: 'y_i = \\frac{1}{n_i} \\sum_k x_{s i + d k - p}, \\; n_i \\text{ elements that are no padding}',
  gradient: { x: '\\sum_{i, k : \\, s i + d k - p = j} \\bar y_i / n_i' },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), section 3',
};
