import { lift, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import type { PerAxis, Rounding } from '../convolution/geometry.ts';
import { maximaOfImages } from './families.ts';
import { type PadLike, roundedAttrs, withBatch } from './pool-builder.ts';

export const MaxPool = maximaOfImages.pool;

/**
 * The largest element of each window of an image, [batch, height, width, channels], or without a batch. Padding is never the maximum. In a
 * tie, the first element in row-major order gets the gradient.
 * @throws ShapeError, DTypeError; AttributeError for a rounding mode with 'same' or 'valid'
 */
export function maxPool(
  x: SymLike,
  filterSize: PerAxis,
  strides: PerAxis,
  pad: PadLike,
  dimRoundingMode?: Rounding | null,
): Sym {
  return withBatch(lift(x), 4, (batch) =>
    MaxPool.node({ x: batch }, roundedAttrs(dimRoundingMode, 2, filterSize, strides, pad)),
  );
}

export const doc: OpDoc = {
  summary: 'The largest element of each window of an image.',
  forward: 'y_i = \\max_k x_{s i + d k - p}',
  gradient: { x: '\\sum_{i : \\, s i + d k_i - p = j} \\bar y_i, \\; k_i \\text{ the first maximum of window } i' },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), section 3',
};
