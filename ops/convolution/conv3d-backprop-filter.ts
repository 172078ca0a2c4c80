import { attr, type DimLike, defineOp, type OpDoc, type Sym, type SymLike, toShape } from '../../engine/index.ts';
import { conv3d } from './conv3d.ts';
import { conv3DBackpropInput } from './conv3d-backprop-input.ts';
import { batchedBoth, dense, inferFilterGradient, isUndilated, toLast } from './convolution.ts';
import {
  hasDepth,
  isKernelVolume,
  toVolumeArguments,
  toVolumeAttrs,
  type VolumeArguments,
  volumeAttrs,
  volumeFilterGradient,
  volumesLast,
} from './volumes.ts';

/** tfjs's kernel has no dilations. */
export const Conv3DBackpropFilterV2 = defineOp({
  name: 'Conv3DBackpropFilterV2',
  inputs: ['x', 'dy'],
  attrs: { ...volumeAttrs, filterShape: attr.shape() },
  infer: ({ x, dy }, attrs) => inferFilterGradient(x, dy, attrs, dense),
  lowering: [
    { kind: 'kernel', when: (_inputs, attrs) => isKernelVolume(attrs, attrs.filterShape) && isUndilated(attrs) },
    {
      kind: 'composite',
      ready: (_inputs, { filterShape }) => hasDepth(filterShape),
      expand: ({ x, dy }, attrs) =>
        attrs.dataFormat === 'NDHWC'
          ? volumeFilterGradient(x, dy, attrs.filterShape, attrs)
          : conv3DBackpropFilter(toLast(x), toLast(dy), attrs.filterShape, ...toVolumeArguments(volumesLast(attrs))),
    },
  ],
  traits: { linear: ['x', 'dy'] },
  gradient: {
    x: ({ x, dy }, { dy: dw, attrs }) => conv3DBackpropInput(x.shape, dy, dw, ...toVolumeArguments(attrs)),
    dy: ({ x }, { dy: dw, attrs }) => conv3d(x, dw, ...toVolumeArguments(attrs)),
  },
});

/**
 * The cotangent of a convolution's filter of shape `filterShape`, given that of its output; the arguments after the shape are those
 * of `conv3d`. Without a batch where x and dy have none.
 * @throws ShapeError where dy is not what the convolution gives; AttributeError; DTypeError
 */
export function conv3DBackpropFilter(
  x: SymLike,
  dy: SymLike,
  filterShape: readonly DimLike[],
  ...args: VolumeArguments
): Sym {
  const [volumes, sym] = batchedBoth(x, dy, 5);
  return Conv3DBackpropFilterV2.node(
    { x: volumes, dy: sym },
    { ...toVolumeAttrs(args), filterShape: toShape(filterShape) },
  );
}

export const doc: OpDoc = {
  summary: 'The cotangent of a convolution of volumes by its filter.',
  forward: 'w_{k,c,o} = \\sum_{b,i} x_{b,\\, s i + d k - p,\\, c} \\, y_{b,i,o}',
  gradient: {
    x: '\\sum_{i,k : \\, s i + d k - p = j} \\sum_o y_{b,i,o} \\, \\bar w_{k,c,o}',
    dy: '\\sum_{k,c} x_{b,\\, s i + d k - p,\\, c} \\, \\bar w_{k,c,o}',
  },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), section 4',
};
