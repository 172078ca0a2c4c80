import type { DimLike, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import type { VolumeArguments } from './convolution.ts';
import { convolveByFilter } from './family.ts';
import { volumes } from './volumes.ts';

export const Conv3DBackpropFilterV2 = volumes.byFilter;

/**
 * The cotangent of a convolution's filter of shape `filterShape`, given that of its output; the arguments after the shape are those
 * of `conv3d`. Without a batch where x and dy have none.
 * @throws ShapeError where dy is not what the convolution gives; AttributeError; DTypeError
 */
export const conv3DBackpropFilter = (
  x: SymLike,
  dy: SymLike,
  filterShape: readonly DimLike[],
  ...args: VolumeArguments
): Sym => convolveByFilter(volumes, x, dy, filterShape, args);

export const doc: OpDoc = {
  summary: 'The cotangent of a convolution of volumes by its filter.',
  forward: 'w_{k,c,o} = \\sum_{b,i} x_{b,\\, s i + d k - p,\\, c} \\, y_{b,i,o}',
  gradient: {
    x: '\\sum_{i,k : \\, s i + d k - p = j} \\sum_o y_{b,i,o} \\, \\bar w_{k,c,o}',
    dy: '\\sum_{k,c} x_{b,\\, s i + d k - p,\\, c} \\, \\bar w_{k,c,o}',
  },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), section 4',
};
