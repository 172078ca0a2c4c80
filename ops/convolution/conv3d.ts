import type { OpDoc, Sym, SymLike } from '../../engine/index.ts';
import type { VolumeArguments } from './convolution.ts';
import { convolve } from './family.ts';
import { volumes } from './volumes.ts';

export const Conv3D = volumes.forward;

/**
 * Convolves volumes, [batch, depth, height, width, inChannels] or without a batch, with a filter of [depth, height, width, inChannels,
 * outChannels].
 * @param pad 'same', 'valid', a number for all six sides, or a pair for each dimension
 * @throws ShapeError if channels differ, or the filter is larger than the padded volume; AttributeError; DTypeError
 */
export const conv3d = (x: SymLike, filter: SymLike, ...args: VolumeArguments): Sym =>
  convolve(volumes, x, filter, args);

export const doc: OpDoc = {
  summary: 'Convolution of volumes with a filter.',
  forward: 'y_{b,i,o} = \\sum_{k,c} x_{b,\\, s i + d k - p,\\, c} \\, w_{k,c,o}',
  gradient: {
    x: '\\bar x_{b,j,c} = \\sum_{i,k : \\, s i + d k - p = j} \\sum_o \\bar y_{b,i,o} \\, w_{k,c,o}',
    filter: '\\bar w_{k,c,o} = \\sum_{b,i} x_{b,\\, s i + d k - p,\\, c} \\, \\bar y_{b,i,o}',
  },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), in three dimensions',
};
