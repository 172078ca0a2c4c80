import type { DimLike, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import type { VolumeArguments } from './convolution.ts';
import { convolveByFilter } from './family.ts';
import { volumes } from './volumes.ts';

export const Conv3DBackpropFilterV2 = volumes.byFilter;

/**
 * The gradient of `conv3d` in its filter, of shape `filterShape`, given dy; further arguments as in `conv3d`. x and dy may both lack a
 * batch.
 * @throws ShapeError if dy does not have the output's shape; AttributeError; DTypeError
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
