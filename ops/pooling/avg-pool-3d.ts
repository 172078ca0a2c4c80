import { defineOp, type OpDoc, type Sym, type SymLike } from '../../engine/index.ts';
import type { Rounding } from '../convolution/geometry.ts';
import { float } from '../elementwise/unary.ts';
import { attrs3d } from './attributes.ts';
import { avgPool3dGrad } from './avg-pool-3d-grad.ts';
import { type DataFormat, inferPool, isPlain } from './geometry.ts';
import { type PadLike, type PerAxis, roundedAttrs, withBatch } from './pool-builder.ts';
import { averageWindows } from './windows.ts';

export const AvgPool3D = defineOp({
  name: 'AvgPool3D',
  inputs: ['x'],
  attrs: attrs3d,
  infer: ({ x }, attrs) => [inferPool(x, attrs)],
  lowering: [
    { kind: 'kernel', when: (_inputs, attrs) => isPlain(attrs) },
    { kind: 'composite', expand: ({ x }, attrs) => averageWindows(x, attrs) },
  ],
  traits: { linear: ['x'], routes: { x: 'part' } },
  gradient: { x: ({ x }, { dy, attrs }) => avgPool3dGrad(dy, x, attrs) },
});

/**
 * The average of each window of a volume, [batch, depth, height, width, channels], or without the batch, or with the
 * channels before the depth ('NCDHW'). Padding does not count.
 * @throws ShapeError, DTypeError; AttributeError for a rounding mode where the padding is not given in numbers
 */
export function avgPool3d(
  x: SymLike,
  filterSize: PerAxis,
  strides: PerAxis,
  pad: PadLike,
  dimRoundingMode?: Rounding | null,
  dataFormat: DataFormat = 'NDHWC',
): Sym {
  const attrs = { ...roundedAttrs(dimRoundingMode, 3, filterSize, strides, pad), dataFormat };
  return withBatch(float(x), 5, (batch) => AvgPool3D.node({ x: batch }, attrs));
}

export const doc: OpDoc = {
  summary: 'The average of each window of a volume.',
  forward: 'y_i = \\frac{1}{n_i} \\sum_k x_{s i + d k - p}, \\; n_i \\text{ elements that are no padding}',
  gradient: { x: '\\sum_{i, k : \\, s i + d k - p = j} \\bar y_i / n_i' },
  source: 'Dumoulin and Visin, "A guide to convolution arithmetic for deep learning" (2016), section 3',
};
