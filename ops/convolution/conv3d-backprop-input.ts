import {
  attr,
  type DimLike,
  defineOp,
  type OpDoc,
  reshape,
  type Sym,
  type SymLike,
  toShape,
} from '../../engine/index.ts';
import { float } from '../elementwise/unary.ts';
import { conv3d } from './conv3d.ts';
import { conv3DBackpropFilter } from './conv3d-backprop-filter.ts';
import { dense, inferInputGradient, isUndilated, shapeToLast, toFirst, toLast } from './convolution.ts';
import {
  hasDepth,
  isKernelVolume,
  toVolumeArguments,
  toVolumeAttrs,
  type VolumeArguments,
  volumeAttrs,
  volumeInputGradient,
  volumesLast,
} from './volumes.ts';

/** tfjs's kernel has no dilations. */
export const Conv3DBackpropInputV2 = defineOp({
  name: 'Conv3DBackpropInputV2',
  inputs: ['dy', 'filter'],
  attrs: { ...volumeAttrs, inputShape: attr.shape() },
  infer: ({ dy, filter }, attrs) => inferInputGradient(dy, filter, attrs, dense),
  lowering: [
    { kind: 'kernel', when: ({ filter }, attrs) => isKernelVolume(attrs, filter.shape) && isUndilated(attrs) },
    {
      kind: 'composite',
      ready: ({ filter }) => hasDepth(filter.shape),
      expand: ({ dy, filter }, attrs) => {
        const { inputShape } = attrs;
        if (attrs.dataFormat === 'NDHWC') return volumeInputGradient(dy, filter, inputShape, attrs);
        const args = toVolumeArguments(volumesLast(attrs));
        return toFirst(conv3DBackpropInput(shapeToLast(inputShape), toLast(dy), filter, ...args));
      },
    },
  ],
  traits: { linear: ['dy', 'filter'] },
  gradient: {
    dy: ({ filter }, { dy, attrs }) => conv3d(dy, filter, ...toVolumeArguments(attrs)),
    filter: ({ dy, filter }, { dy: dx, attrs }) =>
      conv3DBackpropFilter(dx, dy, filter.shape, ...toVolumeArguments(attrs)),
  },
});

/**
 * The cotangent of a convolution's input of shape `xShape`, given that of its output; the arguments after the filter are those of
 * `conv3d`. Without a batch where `xShape` and `dy` have none.
 * @throws ShapeError where dy is not what the convolution gives; AttributeError; DTypeError
 */
export function conv3DBackpropInput(
  xShape: readonly DimLike[],
  dy: SymLike,
  filter: SymLike,
  ...args: VolumeArguments
): Sym {
  const [shape, sym] = [toShape(xShape), float(dy)];
  if (shape.length === 4 && sym.rank === 4)
    return reshape(conv3DBackpropInput([1, ...shape], reshape(sym, [1, ...sym.shape]), filter, ...args), shape);
  return Conv3DBackpropInputV2.node({ dy: sym, filter: float(filter) }, { ...toVolumeAttrs(args), inputShape: shape });
}

export const doc: OpDoc = {
  summary: 'The cotangent of a convolution of volumes by its input.',
  forward: 'x_{b,j,c} = \\sum_{i,k : \\, s i + d k - p = j} \\sum_o y_{b,i,o} \\, w_{k,c,o}',
  gradient: {
    dy: '\\sum_{k,c} \\bar x_{b,\\, s i + d k - p,\\, c} \\, w_{k,c,o}',
    filter: '\\sum_{b,i} \\bar x_{b,\\, s i + d k - p,\\, c} \\, y_{b,i,o}',
  },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), section 4',
};
