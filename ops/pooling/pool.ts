import { AttributeError, lift, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import type { PerAxis, Rounding } from '../convolution/geometry.ts';
import { float } from '../elementwise/unary.ts';
import { AvgPool } from './avg-pool.ts';
import { MaxPool } from './max-pool.ts';
import { type PadLike, roundedAttrs, withBatch } from './pool-builder.ts';

/**
 * The largest element or the average of each window of an image, with the window's elements `dilations` apart. Padding is never the maximum
 * and is not counted. Dilations and strides may be combined.
 * @throws ShapeError, DTypeError, AttributeError
 */
export function pool(
  input: SymLike,
  windowShape: PerAxis,
  poolingType: 'avg' | 'max',
  pad: PadLike,
  dilations?: PerAxis | null,
  strides?: PerAxis | null,
  dimRoundingMode?: Rounding | null,
): Sym {
  const attrs = roundedAttrs(dimRoundingMode, 2, windowShape, strides ?? 1, pad, dilations ?? 1);
  if (poolingType === 'avg') return withBatch(float(input), 4, (x) => AvgPool.node({ x }, attrs));
  if (poolingType === 'max') return withBatch(lift(input), 4, (x) => MaxPool.node({ x }, attrs));
  throw new AttributeError(`pool: the type is 'avg' or 'max', not '${poolingType as string}'`);
}

export const doc: OpDoc = {
  summary: 'Average or maximum over the windows of an image, dilated if wanted.',
  forward: 'y_i = \\max_k x_{s i + d k - p} \\text{ or } \\frac{1}{n_i} \\sum_k x_{s i + d k - p}',
  gradient: { input: '\\text{that of the pooling}' },
  source: 'Yu and Koltun, "Multi-scale context aggregation by dilated convolutions" (2016), for the dilation',
};
