import { lift, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { maximaOfImages } from './families.ts';
import { type PoolArguments, poolImages } from './pool-builder.ts';

export const MaxPool = maximaOfImages.pool;

/**
 * The largest element of each window of an image, [batch, height, width, channels], or without a batch. Padding is never the maximum. In a
 * tie, the first element in row-major order gets the gradient.
 * @throws ShapeError, DTypeError; AttributeError for a rounding mode with 'same' or 'valid'
 */
export const maxPool = (x: SymLike, ...args: PoolArguments): Sym => poolImages(MaxPool, lift(x), args);

export const doc: OpDoc = {
  summary: 'The largest element of each window of an image.',
  forward: 'y_i = \\max_k x_{s i + d k - p}',
  gradient: { x: '\\sum_{i : \\, s i + d k_i - p = j} \\bar y_i, \\; k_i \\text{ the first maximum of window } i' },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), section 3',
};
