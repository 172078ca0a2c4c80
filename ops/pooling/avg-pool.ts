import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import type { PerAxis, Rounding } from '../convolution/geometry.ts';
import { float } from '../elementwise/unary.ts';
import { averagesOfImages } from './families.ts';
import { type PadLike, roundedAttrs, withBatch } from './pool-builder.ts';

export const AvgPool = averagesOfImages.pool;

/**
 * The average of each window of an image, [batch, height, width, channels], or without a batch. Padding is not counted.
 * @throws ShapeError, DTypeError; AttributeError for a rounding mode with 'same' or 'valid'
 */
export function avgPool(
  x: SymLike,
  filterSize: PerAxis,
  strides: PerAxis,
  pad: PadLike,
  dimRoundingMode?: Rounding | null,
): Sym {
  return withBatch(float(x), 4, (batch) =>
    AvgPool.node({ x: batch }, roundedAttrs(dimRoundingMode, 2, filterSize, strides, pad)),
  );
}

export const doc: OpDoc = {
  summary: 'The average of each window of an image.',
  forward: 'y_i = \\frac{1}{n_i} \\sum_k x_{s i + d k - p}, \\; n_i \\text{ elements that are no padding}',
  gradient: { x: '\\sum_{i, k : \\, s i + d k - p = j} \\bar y_i / n_i' },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), section 3',
};
