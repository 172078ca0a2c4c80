import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import { averagesOfVolumes } from './families.ts';
import { poolVolumes, type VolumePoolArguments } from './pool-builder.ts';

export const AvgPool3D = averagesOfVolumes.pool;

/**
 * The average of each window of a volume, [batch, depth, height, width, channels], or without a batch, or with the channels before the
 * depth ('NCDHW'). Padding is not counted.
 * @throws ShapeError, DTypeError; AttributeError for a rounding mode with 'same' or 'valid'
 */
export const avgPool3d = (x: SymLike, ...args: VolumePoolArguments): Sym => poolVolumes(AvgPool3D, float(x), args);

export const doc: OpDoc = {
  summary: 'The average of each window of a volume.',
  forward: 'y_i = \\frac{1}{n_i} \\sum_k x_{s i + d k - p}, \\; n_i \\text{ elements that are no padding}',
  gradient: { x: '\\sum_{i, k : \\, s i + d k - p = j} \\bar y_i / n_i' },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), section 3',
};
