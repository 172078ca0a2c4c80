import type { DimLike, OpDoc, Sym, SymLike } from '../../engine/index.ts';
import type { VolumeArguments } from './convolution.ts';
import { convolveByInput } from './family.ts';
import { volumes } from './volumes.ts';

export const Conv3DBackpropInputV2 = volumes.byInput;

/**
 * The gradient of `conv3d` in its input, of shape `xShape`, given dy; further arguments as in `conv3d`. `xShape` and dy may both lack a
 * batch.
 * @throws ShapeError if dy does not have the output's shape; AttributeError; DTypeError
 */
export const conv3DBackpropInput = (
  xShape: readonly DimLike[],
  dy: SymLike,
  filter: SymLike,
  ...args: VolumeArguments
): Sym => convolveByInput(volumes, xShape, dy, filter, args);

export const doc: OpDoc = {
  summary: 'The cotangent of a convolution of volumes by its input.',
  forward: 'x_{b,j,c} = \\sum_{i,k : \\, s i + d k - p = j} \\sum_o y_{b,i,o} \\, w_{k,c,o}',
  gradient: {
    dy: '\\sum_{k,c} \\bar x_{b,\\, s i + d k - p,\\, c} \\, w_{k,c,o}',
    filter: '\\sum_{b,i} \\bar x_{b,\\, s i + d k - p,\\, c} \\, y_{b,i,o}',
  },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), section 4',
};
