import { defineOp, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import { conv3DBackpropFilter } from './conv3d-backprop-filter.ts';
import { conv3DBackpropInput } from './conv3d-backprop-input.ts';
import { batched, dense, inferForward, toFirst, toLast } from './convolution.ts';
import {
  convolveVolumes,
  hasDepth,
  isKernelVolume,
  toVolumeArguments,
  toVolumeAttrs,
  type VolumeArguments,
  volumeAttrs,
  volumesLast,
} from './volumes.ts';

export const Conv3D = defineOp({
  name: 'Conv3D',
  inputs: ['x', 'filter'],
  attrs: volumeAttrs,
  infer: ({ x, filter }, attrs) => inferForward(x, filter, attrs, dense),
  lowering: [
    { kind: 'kernel', when: ({ filter }, attrs) => isKernelVolume(attrs, filter.shape) },
    {
      kind: 'composite',
      ready: ({ filter }) => hasDepth(filter.shape),
      expand: ({ x, filter }, attrs) =>
        attrs.dataFormat === 'NCDHW'
          ? toFirst(conv3d(toLast(x), filter, ...toVolumeArguments(volumesLast(attrs))))
          : convolveVolumes(x, filter, attrs),
    },
  ],
  traits: { linear: ['x', 'filter'] },
  gradient: {
    x: ({ x, filter }, { dy, attrs }) => conv3DBackpropInput(x.shape, dy, filter, ...toVolumeArguments(attrs)),
    filter: ({ x, filter }, { dy, attrs }) => conv3DBackpropFilter(x, dy, filter.shape, ...toVolumeArguments(attrs)),
  },
});

/**
 * The convolution of volumes, [batch, depth, height, width, inChannels] or without a batch, with a filter of
 * [depth, height, width, inChannels, outChannels].
 * @param pad 'same', 'valid', a number for all six sides, or a pair for each dimension
 * @throws ShapeError where channels differ, or the filter is larger than the padded volume; AttributeError; DTypeError
 */
export function conv3d(x: SymLike, filter: SymLike, ...args: VolumeArguments): Sym {
  return batched(x, 5, (volumes) => Conv3D.node({ x: volumes, filter: float(filter) }, toVolumeAttrs(args)));
}

export const doc: OpDoc = {
  summary: 'Convolution of volumes with a filter.',
  forward: 'y_{b,i,o} = \\sum_{k,c} x_{b,\\, s i + d k - p,\\, c} \\, w_{k,c,o}',
  gradient: {
    x: '\\bar x_{b,j,c} = \\sum_{i,k : \\, s i + d k - p = j} \\sum_o \\bar y_{b,i,o} \\, w_{k,c,o}',
    filter: '\\bar w_{k,c,o} = \\sum_{b,i} x_{b,\\, s i + d k - p,\\, c} \\, \\bar y_{b,i,o}',
  },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), in three dimensions',
};
